import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import type { MarkdownIt } from "./markdown-it.ts";
import { PAGES } from "./sidebar.ts";

/**
 * Has links in pages lead to the same as on GitHub: to another page, or to a file's text.
 * `onFile` is called for each file that is no page. Links to what is not there throw.
 */
export function repositoryLinks(md: MarkdownIt, root: string, onFile: (file: string) => void): void {
  md.core.ruler.push("repository-links", ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === "link_open" ? token.attrGet("href") : null;
      if (href === null || /^(?:[a-z]+:|#)/.test(href)) continue;
      const [path = "", ...anchor] = href.split(/(?=#)/);
      const file = fileAt(root, join(dirname(fileOf(env.relativePath)), path));
      if (!PAGES.includes(file)) onFile(file);
      token.attrSet("href", [`/${PAGES.includes(file) ? pagePath(file) : textPath(file)}`, ...anchor].join(""));
    }
  });
}

/** Where a page is on the site, as Markdown: a README is its folder's index. */
export function pagePath(file: string): string {
  return file.replace(/README\.md$/, "index.md");
}

/** Where a file that is no page is on the site. */
export function textPath(file: string): string {
  return `files/${file}.txt`;
}

function fileOf(page: string): string {
  return page.replace(/index\.md$/, "README.md");
}

/** A folder's page is its README. */
function fileAt(root: string, path: string): string {
  const isFolder = existsSync(join(root, path)) && statSync(join(root, path)).isDirectory();
  const file = isFolder ? join(path, "README.md") : path;
  if (!existsSync(join(root, file))) throw new Error(`A page links to ${file}, which does not exist.`);
  return file;
}
