import { type Contestant, OURS } from "./contestants.ts";
import type { Entry } from "./entries.ts";
import type { Job } from "./measure.ts";
import { median, quartiles } from "./statistics.ts";
import { table } from "./table.ts";
import { nameOf } from "./task.ts";

/** A line of the table: a sample for each task, and whether it is of the same kind as this layer's. */
type Row = { name: string; samples: number[][]; comparable: boolean };

/** A table of all contestants at all tasks, and by how much they take longer than this layer. */
export function compare(contestants: Contestant[], entries: Entry[]): string {
  const rows = contestants.flatMap((contestant) => toRows(contestant, entries));
  const ours = entries.filter(({ name }) => name === OURS);
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

/** A handler's time is that over its interpreter, which takes its own with any other contestant too. */
function toRows(contestant: Contestant, entries: Entry[]): Row[] {
  const { name, interpreter } = contestant;
  const samples = entries.filter((entry) => entry.contestant === contestant).map(({ times }) => times);
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

function describe(sample: number[]): string {
  const [lower, upper] = quartiles(sample);
  return `${median(sample).toFixed(1)} (${lower.toFixed(1)}–${upper.toFixed(1)})`;
}
