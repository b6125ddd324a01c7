// For `vitepress build` in the root of the checkout, by ../build-site.ts.

import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MarkdownIt } from "../markdown-it.ts";
import { pagePath, repositoryLinks, textPath } from "../repository-links.ts";
import { SIDEBAR } from "../sidebar.ts";

const root = process.cwd();
const linkedFiles = new Set<string>();

export default {
  lang: "en-US",
  title: "secrets-wrapper",
  description: "Values from AWS Secrets Manager and Parameter Store in a Lambda function's environment",
  // The pictures follow the system's preference, as on GitHub; a switch would change only the text.
  appearance: "force-auto",
  head: [["style", {}, readFileSync(join(root, "site", "style.css"), "utf8")]],
  themeConfig: {
    search: { provider: "local" },
    outline: [2, 3],
    sidebar: SIDEBAR.map(({ text, items }) => ({
      text,
      items: items.map((item) => ({ text: item.text, link: `/${pagePath(item.link)}` })),
    })),
  },
  markdown: {
    anchor: { slugify: githubSlug },
    config(md: MarkdownIt): void {
      repositoryLinks(md, root, (file) => linkedFiles.add(file));
      literalCode(md);
    },
  },
  buildEnd({ outDir }: { outDir: string }): void {
    for (const file of linkedFiles) cpSync(join(root, file), join(outDir, textPath(file)));
  },
};

/** The anchor that GitHub gives a heading, so that links work on both. */
function githubSlug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
}

/** Vue would evaluate {{…}} in inline code. */
function literalCode(md: MarkdownIt): void {
  md.core.ruler.push("literal-code", ({ tokens }) => {
    const inline = tokens.flatMap(({ children }) => children ?? []);
    for (const token of inline) if (token.type === "code_inline") token.attrSet("v-pre", "");
  });
}
