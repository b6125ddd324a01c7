import { run } from "../test/support/run.ts";
import type { Candidate, Contestant } from "./contestants.ts";
import { type Task, toEnv } from "./task.ts";

/** What could not be measured here, and why. */
export type Missing = { name: string; reason: string };

/** Makes the contestants, and lets in those that do every task. Throws where one gets wrong values. */
export async function admit(candidates: Candidate[], tasks: Task[]) {
  const contestants: Contestant[] = [];
  const missing: Missing[] = [];
  for (const { name, make } of candidates) {
    try {
      const made = await make();
      for (const contestant of made) for (const task of tasks) await check(contestant, task);
      contestants.push(...made);
    } catch (error) {
      if (error instanceof WrongValues) throw error;
      missing.push({ name, reason: (error as Error).message });
    }
  }
  return { contestants, missing };
}

/** Runs it once with a program that prints its secrets. */
async function check({ name, command }: Contestant, task: Task): Promise<void> {
  const program = ["printenv", ...Object.keys(task.secrets)];
  const [file = "", ...args] = command(program);
  const { status, signal, stdout, stderr } = await run(file, args, toEnv(task, program));
  if (status !== 0) throw new Error(`${signal ?? `exit status ${status}`}: ${stderr.trim()}`);
  const right = Object.values(task.secrets).map((value) => `${value}\n`);
  if (stdout.toString() !== right.join("")) throw new WrongValues(`${name} gives a program wrong secrets`);
}

class WrongValues extends Error {
  override name = "WrongValues" as const;
}
