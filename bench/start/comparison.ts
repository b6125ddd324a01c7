import { describe, median } from "../statistics.ts";
import { table } from "../table.ts";
import { nameOf } from "../task.ts";
import { type Candidate, THIS_LAYER } from "./candidates.ts";
import type { Job } from "./measure.ts";
import type { Measurement } from "./measurements.ts";

/** A line of the table: a sample for each task, and whether it is of the same kind as this layer's. */
type Row = { name: string; samples: number[][]; comparable: boolean };

/** A table of all candidates at all tasks, and by how much they take longer than this layer. */
export function compare(candidates: Candidate[], measurements: Measurement[]): string {
  const rows = candidates.flatMap((candidate) => toRows(candidate, measurements));
  const ours = measurements.filter(({ name }) => name === THIS_LAYER);
  const head = ["", ...ours.flatMap(({ task }) => [`${nameOf(task)} (ms)`, "ratio"])];
  return table(
    head,
    rows.map((row) => [row.name, ...ours.flatMap(({ times }, index) => cells(row, index, times))]),
  );
}

/** A table of what it takes to start processes that do nothing. */
export function listIdle(jobs: Job[]): string {
  return table(
    ["", "Start and end (ms)"],
    jobs.map(({ name, times }) => [name, describe(times)]),
  );
}

/** A handler's time is that over its interpreter, which takes its own with any other candidate too. */
function toRows(candidate: Candidate, measurements: Measurement[]): Row[] {
  const { name, interpreter } = candidate;
  const samples = measurements.filter((measurement) => measurement.candidate === candidate).map(({ times }) => times);
  if (!interpreter) return [{ name, samples, comparable: true }];
  const extra = samples.map((times) => times.map((ms, round) => ms - (interpreter.times[round] ?? Number.NaN)));
  return [
    { name: `${name}: over ${interpreter.name} alone`, samples: extra, comparable: true },
    { name: `${name}: in all`, samples, comparable: false },
  ];
}

function cells({ samples, comparable }: Row, index: number, ours: number[]): string[] {
  const sample = samples[index] ?? [];
  return [describe(sample), comparable ? `${(median(sample) / median(ours)).toFixed(2)} ×` : ""];
}
