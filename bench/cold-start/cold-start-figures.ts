import { versionOf } from "../../test/support/runtimes.ts";
import type { Origin } from "../kept.ts";
import type { Missing } from "../start/build-candidates.ts";
import { type Spread, toSpread } from "../statistics.ts";
import type { ColdStart } from "./measure-cold-starts.ts";

/** Of functions with `count` secrets. */
export type ColdStartFigures = Origin & {
  rounds: number;
  count: number;
  latencyMs: number;
  rows: ColdStartRow[];
  missing: Missing[];
};

/** Milliseconds of init; what the layer adds is the difference within a round. */
export type ColdStartRow = { runtime: string; without: Spread; withLayer: Spread; added: Spread };

export const COLD_START_FILE = "cold-start.json";

export function toColdStartRow({ runtime, without, withLayer }: ColdStart): ColdStartRow {
  return {
    runtime: `${runtime.name} ${versionOf(runtime)}`,
    without: toSpread(without),
    withLayer: toSpread(withLayer),
    added: toSpread(withLayer.map((ms, round) => ms - (without[round] ?? Number.NaN))),
  };
}
