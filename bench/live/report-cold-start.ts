import { describe, median } from "../statistics.ts";
import { table } from "../table.ts";
import type { Section } from "./bench-live.ts";
import type { ColdStart } from "./cold-start.ts";
import { LIVE, NO_LAYER, PLAIN, type Setup } from "./environment.ts";

export function reportColdStarts(starts: ColdStart[], rounds: number, latencyMs: number): Section {
  const runningOf = (setup: Setup) => median(starts.find((start) => start.setup === setup)?.running ?? []);
  const rows = starts.map(({ setup, running, ready }) => [
    setup.name,
    describe(running),
    describe(ready),
    (median(running) - runningOf(NO_LAYER)).toFixed(1),
  ]);
  return {
    text: [
      `From the start of an environment until its runtime runs with its 5 secrets, and until it is ready for an invocation; median (middle half) of ${rounds} rounds in turn, against TLS on loopback with ${latencyMs} ms for each answer:`,
      table(["", "Runs (ms)", "Ready (ms)", "Runs later (ms)"], rows),
      "Without the wrapper no variable has a secret, and the runtime starts while the cache fetches.",
    ].join("\n\n"),
    requirements: [
      {
        text: "Cold start with the live layer: at most 5 ms more",
        limit: 5,
        unit: "ms",
        value: runningOf(LIVE) - runningOf(PLAIN),
      },
    ],
  };
}
