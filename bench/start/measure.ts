import { spawn } from "node:child_process";

/** A process to start and wait for. */
export type Job = {
  name: string;
  command: string[];
  env: Record<string, string>;
  /** Milliseconds, by round. */
  times: number[];
};

/** Times each job once a round, in turn, so that whatever else the machine does hits all alike. */
export async function measure(jobs: Job[], rounds: number): Promise<void> {
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const job of jobs) {
      const ms = await time(job);
      if (round >= 0) job.times.push(ms);
    }
  }
}

const WARM_UP_ROUNDS = 3;

/** From before the start to after the end. */
function time({ name, command: [file = "", ...args], env }: Job): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(file, args, { env, stdio: "ignore" });
    child.on("error", reject);
    child.on("close", (status, signal) => {
      const ms = performance.now() - started;
      if (status === 0) resolve(ms);
      else reject(new Error(`${name} failed while it was measured: ${signal ?? `exit status ${status}`}`));
    });
  });
}
