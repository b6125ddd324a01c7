import { notesOn, titleOf } from "../conditions/conditions.ts";
import { FIGURES, type Figure } from "../figures.ts";
import { describeOrigin } from "../kept.ts";
import { describeSpread } from "../statistics.ts";
import { table } from "../table.ts";
import { describeCount } from "../task.ts";
import { listVerdicts } from "../verdicts.ts";
import type { NotMeasured, Results, Run } from "./results.ts";
import type { Cell, Row } from "./rows.ts";

/** The tables of a run and what is to be known about them, in Markdown under a heading. */
export function reportRun(run: Run | NotMeasured): string {
  const heading = `## ${titleOf(run.conditions)}`;
  if ("reason" in run) return `${heading}\n\nNot measured: ${run.reason}.\n`;
  const sections = [
    heading,
    `Medians (middle halves) of ${run.rounds} rounds in turn.`,
    ...FIGURES.map(({ figure, title, unit }) => `${title}:\n\n${compare(run, figure, unit)}`),
    `Processes with nothing to do:\n\n${listIdles(run.idles)}`,
    ...(run.requirements.length > 0 ? [`Requirements:\n\n${listVerdicts(run.requirements)}`] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** What all runs have in common. */
export function reportRest(results: Results): string {
  return [
    `## What a user deploys\n\n${listSizes(results.sizes)}`,
    ...results.missing.map(({ name, reason }) => `Not measured: ${name} (${reason}).`),
    `## How it was measured\n\n${describeMethod(results)}`,
    ...new Set(results.runs.flatMap(({ conditions }) => notesOn(conditions))),
  ].join("\n\n");
}

function compare({ counts, rows }: Run, figure: Figure, unit: string): string {
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

function describeMethod(results: Results): string {
  const { versions, latencyMs } = results;
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    "From a process's start until the program has run with its secrets (`/bin/true`) or the handler has them.",
    `Against TLS on loopback with ${latencyMs} ms for each answer.`,
    "A ratio is the median of the ratios of each round, to this layer in the tables.",
    `${programs.join(", ")}; ${describeOrigin(results)}`,
  ].join(" ");
}
