// What the README and the pages of docs/ show for copying.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";

export const README = readDocument("README.md");
export const SECRETS_PAGE = readDocument("docs", "secrets.md");

export function readDocument(...path: string[]): string {
  return readFileSync(join(ROOT, ...path), "utf8");
}

/** The rows of tables that begin with an entry of SECRETS: the entry, and what its variable holds. */
export function examplesIn(document: string): [entry: string, holds: string][] {
  const rows = document.matchAll(/^\| `("[^`]*)` \| (.*) \|$/gm);
  return [...rows].map(([, entry = "", holds = ""]) => [entry, holds]);
}

/** The blocks of code in one language. */
export function blocksIn(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, block = ""]) => block);
}

/** The first of them under a heading. Throws where there is none. */
export function blockOf(document: string, heading: string, language = "[a-z]*"): string {
  return textIn(sectionOf(document, heading), new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "ms"));
}

/** What the pattern's group has in a text. Throws where the text does not match. */
export function textIn(text: string, pattern: RegExp): string {
  const [, found] = pattern.exec(text) ?? [];
  if (found === undefined) throw new Error(`The document has no ${pattern}`);
  return found;
}

/** From a heading to the next one. */
export function sectionOf(document: string, heading: string): string {
  return `\n${document}`.split(`\n${heading}\n`)[1]?.split(/^##/m)[0] ?? "";
}
