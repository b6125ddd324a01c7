import { missingProgram } from "../../test/support/needs.ts";
import { run } from "../../test/support/run.ts";
import { type Task, toEnv } from "../task.ts";
import type { Build, Candidate } from "./candidates.ts";

/** What could not be measured here, and why. */
export type Missing = { name: string; reason: string };

/** Builds the candidates and checks that each does every task. Throws where one gets wrong values. */
export async function buildCandidates(builds: Build[], tasks: Task[]) {
  const candidates: Candidate[] = [];
  const missing: Missing[] = [];
  for (const { name, needs = [], make } of builds) {
    try {
      const lacking = missingProgram(needs);
      if (lacking) throw new Error(lacking);
      const made = await make();
      for (const candidate of made) for (const task of tasks) await check(candidate, task);
      candidates.push(...made);
    } catch (error) {
      if (error instanceof WrongValues) throw error;
      missing.push({ name, reason: (error as Error).message });
    }
  }
  return { candidates, missing };
}

/** Runs it once with a program that prints its secrets. */
async function check({ name, command }: Candidate, task: Task): Promise<void> {
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
