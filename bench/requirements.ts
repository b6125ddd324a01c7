import { GO_IN_TURN, OURS } from "./contestants.ts";
import { type Entry, find } from "./entries.ts";
import type { Job } from "./measure.ts";
import { median } from "./statistics.ts";
import { table } from "./table.ts";

/** A bound on what is measured; without a value where it could not be. */
type Requirement = { text: string; limit: number; unit: string; value: number | undefined };

/** A table of what the layer is to reach. */
export function judge(entries: Entry[], engine: Job): string {
  const requirements: Requirement[] = [
    { text: "5 secrets: at most half of Go one after another", limit: 0.5, unit: "×", value: ratioToGo(entries, 5) },
    { text: "1 secret: within 1.2 × of Go one after another", limit: 1.2, unit: "×", value: ratioToGo(entries, 1) },
    { text: "Engine start with an empty program: at most 5 ms", limit: 5, unit: "ms", value: median(engine.times) },
  ];
  return table(["Requirement", "Measured", ""], requirements.map(toRow));
}

function ratioToGo(entries: Entry[], count: number): number | undefined {
  const ours = find(entries, OURS, count);
  const go = find(entries, GO_IN_TURN, count);
  return ours && go && median(ours.times) / median(go.times);
}

function toRow({ text, limit, unit, value }: Requirement): string[] {
  if (value === undefined) return [text, "", "not measured"];
  return [text, `${value.toFixed(2)} ${unit}`, value <= limit ? "pass" : "fail"];
}
