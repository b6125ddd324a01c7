// What the README shows for copying.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";

export const README = readFileSync(join(ROOT, "README.md"), "utf8");

/** The rows of the table of SECRETS: an entry, and what its variable holds. */
export function examplesOfSecrets(): [entry: string, holds: string][] {
  const rows = sectionOf("## SECRETS").matchAll(/^\| `("[^`]*)` \| (.*) \|$/gm);
  return [...rows].map(([, entry = "", holds = ""]) => [entry, holds]);
}

/** The first block in a section, of those in one language where that is given. */
export function blockOf(heading: string, language = "[a-z]*"): string {
  return textIn(sectionOf(heading), new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "ms"));
}

/** What the pattern's group has in a text of the README. */
export function textIn(text: string, pattern: RegExp): string {
  const [, found] = pattern.exec(text) ?? [];
  if (found === undefined) throw new Error(`The README has no ${pattern}`);
  return found;
}

/** From a heading to the next one. */
export function sectionOf(heading: string): string {
  return README.split(`\n${heading}\n`)[1]?.split(/^##/m)[0] ?? "";
}
