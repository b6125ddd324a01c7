import { cpus, release } from "node:os";
import type { Missing } from "./admit.ts";
import { compare, listIdle } from "./comparison.ts";
import type { Contestant } from "./contestants.ts";
import type { Entry } from "./entries.ts";
import type { Job } from "./measure.ts";
import { judge } from "./requirements.ts";

/** All that was measured. `engine` is one of `idles`. */
export type Figures = { contestants: Contestant[]; entries: Entry[]; idles: Job[]; engine: Job };

/** How it was measured, and what could not be. */
export type Conditions = { rounds: number; latencyMs: number; missing: Missing[] };

/** All tables and what is to be known about them, in Markdown. */
export function report({ contestants, entries, idles, engine, ...conditions }: Figures & Conditions): string {
  return [
    "From a process's start until the program runs with its secrets (`/bin/true`, until its end) or the handler has them:",
    compare(contestants, entries),
    "Processes with nothing to do:",
    listIdle(idles),
    judge(entries, engine),
    ...conditions.missing.map(({ name, reason }) => `Not measured: ${name} (${reason}).`),
    describe(conditions),
  ].join("\n\n");
}

function describe({ rounds, latencyMs }: Conditions): string {
  const method = `Median (middle half) of ${rounds} rounds, against TLS on loopback with ${latencyMs} ms for each answer`;
  const all = cpus();
  return `${method}; ${all.length} × ${all[0]?.model ?? "unknown CPU"}, Linux ${release()}, Node ${process.version}.`;
}
