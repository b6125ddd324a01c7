import { GO_IN_TURN, THIS_LAYER } from "./candidates.ts";
import type { Job } from "./measure.ts";
import { find, type Measurement } from "./measurements.ts";
import { median } from "./statistics.ts";
import { table } from "./table.ts";

/** A bound on what is measured; without a value where it could not be. */
export type Requirement = { text: string; limit: number; unit: string; value: number | undefined };

/** A table of what the layer is to reach. */
export function judge(measurements: Measurement[], engine: Job): string {
  const requirements: Requirement[] = [
    {
      text: "5 secrets: at most half of Go one after another",
      limit: 0.5,
      unit: "×",
      value: ratioToGo(measurements, 5),
    },
    {
      text: "1 secret: within 1.2 × of Go one after another",
      limit: 1.2,
      unit: "×",
      value: ratioToGo(measurements, 1),
    },
    { text: "Engine start with an empty program: at most 5 ms", limit: 5, unit: "ms", value: median(engine.times) },
  ];
  return listVerdicts(requirements);
}

export function listVerdicts(requirements: Requirement[]): string {
  return table(["Requirement", "Measured", ""], requirements.map(toRow));
}

function ratioToGo(measurements: Measurement[], count: number): number | undefined {
  const ours = find(measurements, THIS_LAYER, count);
  const go = find(measurements, GO_IN_TURN, count);
  return ours && go && median(ours.times) / median(go.times);
}

function toRow({ text, limit, unit, value }: Requirement): string[] {
  if (value === undefined) return [text, "", "not measured"];
  return [text, `${value.toFixed(2)} ${unit}`, value <= limit ? "pass" : "fail"];
}
