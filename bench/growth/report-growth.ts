import { describeOrigin } from "../kept.ts";
import { describeSpread } from "../statistics.ts";
import { table } from "../table.ts";
import { listVerdicts, type Requirement } from "../verdicts.ts";
import { FILE_AS_JSON, FILE_AS_YAML } from "./axes.ts";
import type { AxisFigures, GrowthFigures } from "./growth-figures.ts";

/** How much more a unit may cost at the last point than at the one before it; twice the work then costs 2.5 times as much. */
const MOST_GROWTH = 1.25;
const MOST_MB = 30;

/** Tables, what is required and how it was measured, in Markdown under a heading. */
export function reportGrowth(figures: GrowthFigures): string {
  const { axes, rounds } = figures;
  const sections = [
    "## As the work grows",
    ...axes.flatMap((axis) => [`${axis.name}:`, tableOf(axis)]),
    `Requirements:\n\n${listVerdicts([...axes.map(requireLinear), requireMemory(axes)])}`,
    `YAML of the same size takes ${peakOf(axes, FILE_AS_YAML)?.toFixed(1)} MB.`,
    `Median (middle half) of ${rounds} rounds in turn, against plain HTTP on loopback without latency, until the end of \`/bin/true\`; memory is the most that was resident. "Each more" is what a unit costs above the first line, in the same round. Entries in files are as short as can be, of one secret. ${describeOrigin(figures)}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function tableOf({ unit, points }: AxisFigures): string {
  const head = [
    plural(unit),
    "Wall (ms)",
    "Processor (ms)",
    "Memory (MB)",
    `Each more ${unit}: wall (µs)`,
    "processor (µs)",
  ];
  const rows = points.map(({ work, wallMs, processorMs, memoryMb, unitUs }) => [
    format(work),
    describeSpread(wallMs),
    describeSpread(processorMs),
    memoryMb.median.toFixed(1),
    unitUs?.wallMs.toFixed(1) ?? "",
    unitUs?.processorMs.toFixed(1) ?? "",
  ]);
  return table(head, rows);
}

/** Judged by the processor's time, which other work on the machine changes least; not where noise is more than the cost. */
function requireLinear({ name, unit, points }: AxisFigures): Requirement {
  const [before = 0, after = 0] = points.slice(-2).map(({ unitUs }) => unitUs?.processorMs);
  return {
    text: `${name}: a ${unit} costs at most ${MOST_GROWTH} × as much in the last line as in the one before`,
    limit: MOST_GROWTH,
    unit: "×",
    value: before > 0 && after > 0 ? after / before : undefined,
  };
}

function requireMemory(axes: AxisFigures[]): Requirement {
  const text = `Memory at the largest JSON: at most ${MOST_MB} MB`;
  return { text, limit: MOST_MB, unit: "MB", value: peakOf(axes, FILE_AS_JSON) };
}

function peakOf(axes: AxisFigures[], name: string): number | undefined {
  return axes.find((axis) => axis.name === name)?.points.at(-1)?.memoryMb.median;
}

function format(work: number): string {
  return work.toLocaleString("en-US", { maximumSignificantDigits: work < 1 ? 2 : 6, maximumFractionDigits: 1 });
}

function plural(unit: string): string {
  return /[A-Z]$/.test(unit) ? unit : `${unit}s`;
}
