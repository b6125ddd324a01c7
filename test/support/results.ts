import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { DIST } from "../../layer/paths.ts";

/** Where tests leave rows for docs/results.md. */
const RESULTS = join(DIST, "results");

const begun = new Set<string>();

/** Adds a row to a table of docs/results.md; what an earlier run of the same test file left is dropped. */
export function record(table: string, row: Record<string, string>): void {
  const file = join(RESULTS, `${table}-${basename(expect.getState().testPath ?? "", ".test.ts")}.jsonl`);
  if (!begun.has(file)) rmSync(file, { force: true });
  begun.add(file);
  mkdirSync(RESULTS, { recursive: true });
  appendFileSync(file, `${JSON.stringify(row)}\n`);
}
