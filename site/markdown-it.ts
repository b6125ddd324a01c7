/** What is used of markdown-it: VitePress, which has it, is installed for the site alone. */
export type MarkdownIt = { core: { ruler: { push(name: string, rule: (state: State) => void): void } } };

type State = { tokens: Token[]; env: { relativePath: string } };

type Token = {
  type: string;
  children: Token[] | null;
  attrGet(name: string): string | null;
  attrSet(name: string, value: string): void;
};
