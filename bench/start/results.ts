import { type Conditions, isUnconditional } from "../conditions/conditions.ts";
import { keep, type Origin, readKept } from "../kept.ts";
import type { Requirement } from "../verdicts.ts";
import type { Missing } from "./build-candidates.ts";
import type { Row } from "./rows.ts";
import type { Size } from "./size.ts";

/** What was found under some conditions, without its single times. */
export type Run = {
  conditions: Conditions;
  rounds: number;
  /** The numbers of secrets; each row has a cell for each. */
  counts: number[];
  rows: Row[];
  /** Of processes with nothing to do: one cell each. */
  idles: Row[];
  requirements: Requirement[];
};

/** Why the machine could not set the conditions. */
export type NotMeasured = { conditions: Conditions; reason: string };

export type Results = Origin & {
  versions: Record<string, string>;
  latencyMs: number;
  sizes: ({ candidate: string } & Size)[];
  runs: (Run | NotMeasured)[];
  /** What could not be measured there, and why. */
  missing: Missing[];
};

const NAME = "results.json";

export function readResults(): Results {
  return readKept(NAME);
}

/** The run without conditions, which the README shows. */
export function mainRun({ runs }: Results): Run {
  const run = runs.find(({ conditions }) => isUnconditional(conditions));
  if (!run || "reason" in run) throw new Error("the results have no run without conditions");
  return run;
}

export function saveResults(results: Results): void {
  keep(NAME, results);
}
