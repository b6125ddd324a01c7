import { median } from "../statistics.ts";
import { listVerdicts, type Requirement } from "../verdicts.ts";
import { GO_IN_TURN, THIS_LAYER } from "./candidates.ts";
import type { Job } from "./measure.ts";
import { find, type Measurement } from "./measurements.ts";

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

function ratioToGo(measurements: Measurement[], count: number): number | undefined {
  const ours = find(measurements, THIS_LAYER, count);
  const go = find(measurements, GO_IN_TURN, count);
  return ours && go && median(ours.times) / median(go.times);
}
