import type { Job } from "../measure.ts";
import { type Task, toEnv } from "../task.ts";
import type { Candidate } from "./candidates.ts";

/** A candidate at a task. */
export type Measurement = Job & { candidate: Candidate; task: Task };

export function toMeasurements(candidates: Candidate[], tasks: Task[]): Measurement[] {
  return tasks.flatMap((task) => candidates.map((candidate) => toMeasurement(candidate, task)));
}

function toMeasurement(candidate: Candidate, task: Task): Measurement {
  const program = ["/bin/true"];
  const { name, command } = candidate;
  return { candidate, task, name, order: { command: command(program), env: toEnv(task, program) }, samples: [] };
}

/** The measurement of the candidate with this name, if it takes part. */
export function find(measurements: Measurement[], name: string, count: number): Measurement | undefined {
  return measurements.find((measurement) => measurement.name === name && measurement.task.count === count);
}
