import { FIGURES, type Figure } from "../figures.ts";
import { describeSpread } from "../statistics.ts";
import { table } from "../table.ts";
import { describeCount } from "../task.ts";
import { listVerdicts } from "../verdicts.ts";
import type { Results } from "./results.ts";
import type { Cell, Row } from "./rows.ts";

/** All tables and what is to be known about them, in Markdown. */
export function report(results: Results): string {
  return [
    "From a process's start until the program has run with its secrets (`/bin/true`) or the handler has them.",
    ...FIGURES.map(({ figure, title, unit }) => `${title}:\n\n${compare(results, figure, unit)}`),
    `Processes with nothing to do:\n\n${listIdles(results.idles)}`,
    `What a user deploys:\n\n${listSizes(results.sizes)}`,
    listVerdicts(results.requirements),
    ...results.missing.map(({ name, reason }) => `Not measured: ${name} (${reason}).`),
    describeRun(results),
  ].join("\n\n");
}

function compare({ counts, rows }: Results, figure: Figure, unit: string): string {
  const head = counts.flatMap((count) => [`${describeCount(count)} (${unit})`, "ratio"]);
  return table(
    ["", ...head],
    rows.map((row) => [nameOf(row), ...row.cells[figure].flatMap(toCells)]),
  );
}

function listIdles(rows: Row[]): string {
  return table(
    ["", ...FIGURES.map(({ title, unit }) => `${title} (${unit})`)],
    rows.map((row) => [nameOf(row), ...FIGURES.flatMap(({ figure }) => row.cells[figure].map(describeCell))]),
  );
}

function listSizes(sizes: Results["sizes"]): string {
  const toMb = (bytes: number) => (bytes / 1e6).toFixed(1);
  return table(
    ["", "On disk (MB)", "As a zip (MB)"],
    sizes.map(({ candidate, bytes, zippedBytes }) => [candidate, toMb(bytes), toMb(zippedBytes)]),
  );
}

function nameOf({ candidate, part }: Row): string {
  return part ? `${candidate}: ${part}` : candidate;
}

function toCells(cell: Cell): string[] {
  return [describeCell(cell), cell.ratio === undefined ? "" : `${cell.ratio.toFixed(2)} ×`];
}

function describeCell(cell: Cell): string {
  return describeSpread(cell);
}

function describeRun({ date, machine, versions, conditions: { rounds, latencyMs } }: Results): string {
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `Median (middle half) of ${rounds} rounds in turn, against TLS on loopback with ${latencyMs} ms for each answer.`,
    "A ratio is the median of the ratios of each round, to this layer in the tables.",
    `${machine}; ${programs.join(", ")}; ${date}.`,
  ].join(" ");
}
