import { describeOrigin } from "../kept.ts";
import { describeSpread } from "../statistics.ts";
import { table } from "../table.ts";
import { describeCount } from "../task.ts";
import type { ColdStartFigures, ColdStartRow } from "./cold-start-figures.ts";

/** The table and how it was measured, in Markdown under a heading. */
export function reportColdStarts(figures: ColdStartFigures): string {
  const { rounds, count, latencyMs, rows, missing } = figures;
  const sections = [
    "## Cold start of functions",
    "Init: from the start of the runtime's process until it asks for its first invocation, with AWS's own runtime clients.",
    table(
      ["", "Without the layer (ms)", `With it and ${describeCount(count)} (ms)`, "The layer adds (ms)"],
      rows.map(toCells),
    ),
    ...missing.map(({ name, reason }) => `Not measured: ${name} (${reason}).`),
    `Median (middle half) of ${rounds} rounds in turn, against TLS on loopback with ${latencyMs} ms for each answer; what the layer adds is the difference within a round. ${describeOrigin(figures)}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function toCells({ runtime, without, withLayer, added }: ColdStartRow): string[] {
  return [runtime, ...[without, withLayer, added].map((spread) => describeSpread(spread))];
}
