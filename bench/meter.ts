import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { nativePrograms } from "./crates.ts";

/** A process to start, with all its variables. */
export type Order = {
  command: string[];
  env: Record<string, string>;
  /** `tasks` or `cgroup.procs` of a control group that it is to join. */
  cgroup?: string;
};

/** How a process ended, and what it took, from before its start to after its end. */
export type Measured = {
  status: number | null;
  signal: number | null;
  wallMs: number;
  /** User and system, with the children that it has waited for. */
  processorMs: number;
  /** The most that it, or one of these children, had resident. */
  memoryBytes: number;
};

export type Meter = { measure(order: Order): Promise<Measured>; stop(): void };

/** Starts the program that starts and measures others, one at a time. Throws where it cannot be built. */
export function startMeter(): Meter {
  const child = spawn(join(nativePrograms(), "meter"), { env: {}, stdio: ["pipe", "pipe", "inherit"] });
  const replies = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async measure(order) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      const { value } = await replies.next();
      const { error, ...measured } = JSON.parse(value ?? '{"error": "the meter has ended"}');
      if (error) throw new Error(`${order.command[0]}: ${error}`);
      return measured;
    },
    stop: () => child.stdin.end(),
  };
}
