import { type Figure, sampleOf } from "../figures.ts";
import type { Job } from "../measure.ts";
import { pairedRatio, type Spread, toSpread } from "../statistics.ts";
import { type Candidate, THIS_LAYER } from "./candidates.ts";
import { find, type Measurement } from "./measurements.ts";

/** A figure at one count of secrets; with its ratio to this layer's, where they are of the same kind. */
export type Cell = Spread & { ratio?: number };

/** A line of the tables: its figures by count of secrets. */
export type Row = {
  candidate: string;
  /** For a handler: which part of its figures it is. */
  part?: string;
  cells: Record<Figure, Cell[]>;
};

export function toRows(candidates: Candidate[], measurements: Measurement[]): Row[] {
  return candidates.flatMap((candidate) => {
    const own = measurements.filter((measurement) => measurement.candidate === candidate);
    return partsOf(candidate).map(({ part, read, comparable }): Row => {
      const cells = (figure: Figure) =>
        own.map((measurement) => {
          const sample = read(measurement, figure);
          const ours = comparable && find(measurements, THIS_LAYER, measurement.task.count);
          return { ...toSpread(sample), ...(ours && { ratio: pairedRatio(sample, sampleOf(ours, figure)) }) };
        });
      return { candidate: candidate.name, ...(part && { part }), cells: toCells(cells) };
    });
  });
}

/** Those with ratios: a handler's is what it takes over its interpreter's own start. */
export function comparableRows(rows: Row[]): Row[] {
  return rows.filter(({ cells }) => cells.wallMs.every(({ ratio }) => ratio !== undefined));
}

/** The same of processes without secrets. */
export function toIdleRow(job: Job): Row {
  return { candidate: job.name, cells: toCells((figure) => [toSpread(sampleOf(job, figure))]) };
}

type Part = { part?: string; read(job: Job, figure: Figure): number[]; comparable: boolean };

/** A handler's figures are those over its interpreter, which takes its own with any other candidate too. */
function partsOf({ interpreter }: Candidate): Part[] {
  if (!interpreter) return [{ read: sampleOf, comparable: true }];
  const over = (job: Job, figure: Figure) => {
    const alone = sampleOf(interpreter, figure);
    return sampleOf(job, figure).map((value, round) => value - (alone[round] ?? Number.NaN));
  };
  return [
    { part: `over ${interpreter.name} alone`, read: over, comparable: true },
    { part: "in all", read: sampleOf, comparable: false },
  ];
}

function toCells(read: (figure: Figure) => Cell[]): Record<Figure, Cell[]> {
  return { wallMs: read("wallMs"), processorMs: read("processorMs"), memoryMb: read("memoryMb") };
}
