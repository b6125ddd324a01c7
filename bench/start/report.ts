import { describeMachine } from "../machine.ts";
import type { Missing } from "./build-candidates.ts";
import type { Candidate } from "./candidates.ts";
import { compare, listIdle } from "./comparison.ts";
import type { Job } from "./measure.ts";
import type { Measurement } from "./measurements.ts";
import { judge } from "./requirements.ts";

/** All that was measured. `engine` is one of `idles`. */
export type Figures = { candidates: Candidate[]; measurements: Measurement[]; idles: Job[]; engine: Job };

/** How it was measured, and what could not be. */
export type Conditions = { rounds: number; latencyMs: number; missing: Missing[] };

/** All tables and what is to be known about them, in Markdown. */
export function report({ candidates, measurements, idles, engine, ...conditions }: Figures & Conditions): string {
  return [
    "From a process's start until the program runs with its secrets (`/bin/true`, until its end) or the handler has them:",
    compare(candidates, measurements),
    "Processes with nothing to do:",
    listIdle(idles),
    judge(measurements, engine),
    ...conditions.missing.map(({ name, reason }) => `Not measured: ${name} (${reason}).`),
    describe(conditions),
  ].join("\n\n");
}

function describe({ rounds, latencyMs }: Conditions): string {
  const method = `Median (middle half) of ${rounds} rounds, against TLS on loopback with ${latencyMs} ms for each answer`;
  return `${method}; ${describeMachine()}.`;
}
