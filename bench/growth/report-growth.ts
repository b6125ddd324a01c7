import { type Figure, sampleOf } from "../figures.ts";
import { describeMachine } from "../machine.ts";
import { describe, median } from "../statistics.ts";
import { table } from "../table.ts";
import { listVerdicts, type Requirement } from "../verdicts.ts";
import { FILE_AS_JSON, FILE_AS_YAML } from "./axes.ts";
import type { Growth } from "./measure-growth.ts";

/** How much more a unit may cost at the last point than at the one before it; twice the work then costs 2.5 times as much. */
const MOST_GROWTH = 1.25;
const MOST_MB = 30;

/** Tables, what is required and how it was measured, in Markdown. */
export function reportGrowth(growths: Growth[], rounds: number): string {
  return [
    ...growths.flatMap((growth) => [`${growth.name}:`, tableOf(growth)]),
    listVerdicts([...growths.map(requireLinear), requireMemory(growths)]),
    `YAML of the same size takes ${peakOf(growths, FILE_AS_YAML)?.toFixed(1)} MB.`,
    `Median (middle half) of ${rounds} rounds in turn, against plain HTTP on loopback without latency, until the end of \`/bin/true\`; memory is the most that was resident. "Each more" is what a unit costs above the first line, in the same round. Entries in files are as short as can be, of one secret. ${describeMachine()}.`,
  ].join("\n\n");
}

function tableOf({ unit, points, jobs }: Growth): string {
  const head = [
    plural(unit),
    "Wall (ms)",
    "Processor (ms)",
    "Memory (MB)",
    `Each more ${unit}: wall (µs)`,
    "processor (µs)",
  ];
  const rows = jobs.map((job, index) => [
    format(points[index]?.work ?? Number.NaN),
    describe(sampleOf(job, "wallMs")),
    describe(sampleOf(job, "processorMs")),
    median(sampleOf(job, "memoryMb")).toFixed(1),
    ...(["wallMs", "processorMs"] as const).map((figure) => cell(unitCostUs({ points, jobs }, index, figure))),
  ]);
  return table(head, rows);
}

/** Judged by the processor's time, which other work on the machine changes least; not where noise is more than the cost. */
function requireLinear(growth: Growth): Requirement {
  const last = growth.points.length - 1;
  const [before = 0, after = 0] = [last - 1, last].map((index) => unitCostUs(growth, index, "processorMs"));
  return {
    text: `${growth.name}: a ${growth.unit} costs at most ${MOST_GROWTH} × as much in the last line as in the one before`,
    limit: MOST_GROWTH,
    unit: "×",
    value: before > 0 && after > 0 ? after / before : undefined,
  };
}

function requireMemory(growths: Growth[]): Requirement {
  const text = `Memory at the largest JSON: at most ${MOST_MB} MB`;
  return { text, limit: MOST_MB, unit: "MB", value: peakOf(growths, FILE_AS_JSON) };
}

function peakOf(growths: Growth[], name: string): number | undefined {
  const last = growths.find((growth) => growth.name === name)?.jobs.at(-1);
  return last && median(sampleOf(last, "memoryMb"));
}

/** Microseconds for each unit above the base; undefined at the base itself. */
function unitCostUs(
  { points, jobs }: Pick<Growth, "points" | "jobs">,
  index: number,
  figure: Figure,
): number | undefined {
  const [base, job] = [jobs[0], jobs[index]];
  const work = (points[index]?.work ?? 0) - (points[0]?.work ?? 0);
  if (!base || !job || work === 0) return undefined;
  const alone = sampleOf(base, figure);
  const above = sampleOf(job, figure).map((value, round) => value - (alone[round] ?? Number.NaN));
  return (median(above) * 1000) / work;
}

function cell(number: number | undefined): string {
  return number === undefined ? "" : number.toFixed(1);
}

function format(work: number): string {
  return work.toLocaleString("en-US", { maximumSignificantDigits: work < 1 ? 2 : 6, maximumFractionDigits: 1 });
}

function plural(unit: string): string {
  return /[A-Z]$/.test(unit) ? unit : `${unit}s`;
}
