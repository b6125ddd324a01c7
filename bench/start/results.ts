import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import type { Requirement } from "../verdicts.ts";
import type { Missing } from "./build-candidates.ts";
import type { Row } from "./rows.ts";
import type { Size } from "./size.ts";

/** How it was measured. */
export type Conditions = { rounds: number; latencyMs: number };

/** All that a run has found, without its single times. */
export type Results = {
  date: string;
  machine: string;
  versions: Record<string, string>;
  conditions: Conditions;
  /** The numbers of secrets; each row has a cell for each. */
  counts: number[];
  rows: Row[];
  /** Of processes with nothing to do: one cell each. */
  idles: Row[];
  sizes: ({ candidate: string } & Size)[];
  requirements: Requirement[];
  /** What could not be measured there, and why. */
  missing: Missing[];
};

const FILE = join(ROOT, "bench", "results.json");

export function readResults(): Results {
  return JSON.parse(readFileSync(FILE, "utf8"));
}

export function saveResults(results: Results): void {
  writeFileSync(FILE, `${JSON.stringify(results, shorten, 2)}\n`);
}

/** No more digits than a clock or a ratio means. */
function shorten(_: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toFixed(3)) : value;
}
