import { statSync } from "node:fs";
import { LAYER_ZIP } from "../../layer/paths.ts";
import { type Figure, sampleOf } from "../figures.ts";
import type { Job } from "../measure.ts";
import { median, pairedRatio } from "../statistics.ts";
import type { Requirement } from "../verdicts.ts";
import { FLOOR, GO_IN_PARALLEL, GO_IN_TURN, THIS_LAYER } from "./candidates.ts";
import { find, type Measurement } from "./measurements.ts";

/** What the layer is to reach. */
export function judge(measurements: Measurement[], engine: Job): Requirement[] {
  const start = median(sampleOf(engine, "wallMs"));
  const zip = statSync(LAYER_ZIP).size / 1e6;
  return [
    ...ratios(measurements),
    { text: "Engine start with an empty program: at most 5 ms", limit: 5, unit: "ms", value: start },
    { text: "Zip: at most 3 MB", limit: 3, unit: "MB", value: zip },
  ];
}

/** In ratios to other candidates: where more are named, to that with the least median. */
export function ratios(measurements: Measurement[]): Requirement[] {
  const bound = (text: string, limit: number, count: number, names: string[], figure: Figure = "wallMs") => ({
    text,
    limit,
    unit: "×",
    value: ratioToBest(measurements, count, names, figure),
    ...(figure === "processorMs" && { whyMissed: OF_THE_PROCESSOR }),
    ...(count === 20 && { whyMissed: OF_TWENTY }),
  });
  const anyGo = [GO_IN_PARALLEL, GO_IN_TURN];
  return [
    bound("1 secret: at most 1.02 × the faster Go program", 1.02, 1, anyGo),
    bound("5 secrets: at most 1.02 × Go in parallel", 1.02, 5, [GO_IN_PARALLEL]),
    bound("20 secrets: at most 1.02 × Go in parallel", 1.02, 20, [GO_IN_PARALLEL]),
    bound("50 secrets: at most 1.25 × Go in parallel", 1.25, 50, [GO_IN_PARALLEL]),
    bound("5 secrets: at most half of Go one by one", 0.5, 5, [GO_IN_TURN]),
    bound("1 secret: within 1.35 × the floor", 1.35, 1, [FLOOR]),
    bound("5 secrets: within 1.35 × the floor", 1.35, 5, [FLOOR]),
    bound("1 secret: no more processor time than the Go program with less", 1, 1, anyGo, "processorMs"),
  ];
}

/** As callgrind and the usage of programs that do less have it. */
const OF_THE_PROCESSOR =
  "the shell takes a fifteenth of it, the engine's own start a tenth, loading the SDK's and our code a quarter. Another allocator, compiling QuickJS for speed, signatures in one pass and a fifth less of the SDK took off a third";

const OF_TWENTY =
  "which of the two is ahead changes from run to run, by a few percent: both wait for two processors, of which JavaScript takes one and Go both. Fewer and more connections at once, connections opened by a guess, and another retry interface of the SDK gained nothing";

function ratioToBest(measurements: Measurement[], count: number, names: string[], figure: Figure): number | undefined {
  const ours = find(measurements, THIS_LAYER, count);
  const others = names.flatMap((name) => find(measurements, name, count) ?? []);
  if (!ours || others.length === 0) return undefined;
  const samples = others.map((other) => sampleOf(other, figure));
  const [best = []] = samples.toSorted((one, other) => median(one) - median(other));
  return pairedRatio(sampleOf(ours, figure), best);
}
