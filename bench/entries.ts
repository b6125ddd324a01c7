import type { Contestant } from "./contestants.ts";
import type { Job } from "./measure.ts";
import { type Task, toEnv } from "./task.ts";

/** A contestant at a task. */
export type Entry = Job & { contestant: Contestant; task: Task };

export function enter(contestants: Contestant[], tasks: Task[]): Entry[] {
  return tasks.flatMap((task) => contestants.map((contestant) => toEntry(contestant, task)));
}

function toEntry(contestant: Contestant, task: Task): Entry {
  const program = ["/bin/true"];
  const { name, command } = contestant;
  return { contestant, task, name, command: command(program), env: toEnv(task, program), times: [] };
}

/** The entry of the contestant with this name, if it takes part. */
export function find(entries: Entry[], name: string, count: number): Entry | undefined {
  return entries.find((entry) => entry.name === name && entry.task.count === count);
}
