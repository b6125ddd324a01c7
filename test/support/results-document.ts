// docs/results.md, from the rows that tests have recorded.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DIST, ROOT } from "../../layer/paths.ts";

export const DOCUMENT = join(ROOT, "docs", "results.md");

const RESULTS = join(DIST, "results");
const TABLES = [
  {
    table: "faults",
    title: "Faults",
    about: "What the log says first when the endpoint for a secret, a parameter or a path has this fault.",
  },
  {
    table: "runtimes",
    title: "Runtimes",
    about: "Functions that compare their environment with every value of test/cases, the layer being in /opt.",
  },
  {
    table: "entry-points",
    title: "Entry points",
    about: "Programs of `provided.*` and of images, started as docs/containers.md says.",
  },
  {
    table: "chaining",
    title: "Further wrappers",
    about: "Stand-ins that treat their arguments as those of docs/chaining.md do; each sees the secrets.",
  },
];

type Row = Record<string, string>;

export function renderResults(): string {
  const tables = TABLES.map(({ table, title, about }) => ({ title, about, rows: rowsOf(table) }));
  const sections = tables
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, about, rows }) => `## ${title}\n\n${about}\n\n${toMarkdown(rows)}`);
  return [INTRODUCTION, ...sections].join("\n");
}

/** Without what differs between machines: the versions of runtimes, and AWS's emulator. */
export function comparable(document: string): string {
  const lines = document.split("\n").filter((line) => !line.includes("AWS's emulator"));
  return lines.join("\n").replaceAll(/\d+(?:\.\d+)+/g, "");
}

/** What escapeCell was given, but for line breaks. */
export function unescapeCell(cell: string): string {
  return cell.replaceAll(/\\(.)|`(https?:[^`]*)`/g, "$1$2");
}

function rowsOf(table: string): Row[] {
  const files = existsSync(RESULTS) ? readdirSync(RESULTS).sort() : [];
  return files
    .filter((name) => name.startsWith(`${table}-`))
    .flatMap((name) => readFileSync(join(RESULTS, name), "utf8").trimEnd().split("\n"))
    .map((line) => JSON.parse(line));
}

function toMarkdown(rows: Row[]): string {
  const columns = [...new Set(rows.flatMap(Object.keys))];
  const lines = [columns, columns.map(() => "---"), ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
  return lines.map((cells) => `| ${cells.map(escapeCell).join(" | ")} |\n`).join("");
}

/** A URL would become a link. */
function escapeCell(text: string): string {
  const escaped = text.replaceAll(/[|*<]/g, String.raw`\$&`).replaceAll("\n", " ");
  return escaped.replaceAll(/https?:\/\/\S*[^\s.,;]/g, "`$&`");
}

const INTRODUCTION = `# Results

Made by \`npm run results\` from what the end-to-end tests record; \`npm test\` fails where it is out of date.
`;
