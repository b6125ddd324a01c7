import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { DIST } from "../../layer/paths.ts";

const FOLDER = join(DIST, "results");
const begun = new Set<string>();

/** Keeps a row of what a test has proven, for the documents that are made of them: a line of JSON in dist/results. */
export function record(table: string, row: Record<string, string>): void {
  const test = basename(expect.getState().testPath ?? "", ".test.ts");
  const file = join(FOLDER, `${table}-${test}.jsonl`);
  mkdirSync(FOLDER, { recursive: true });
  if (!begun.has(file)) rmSync(file, { force: true });
  begun.add(file);
  appendFileSync(file, `${JSON.stringify(row)}\n`);
}
