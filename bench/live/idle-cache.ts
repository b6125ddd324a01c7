import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Task } from "../task.ts";
import { LIVE, startEnvironment } from "./environment.ts";
import { processorTicks } from "./proc.ts";

/** What the cache did while nobody asked it. */
export type Idle = {
  ticks: number;
  /** Its system calls, or why they cannot be counted. */
  calls: string[] | { unknown: string };
};

export const IDLE_SECONDS = 10;
const SETTLE_MS = 1000;

/** Watches the cache of an environment that has served an invocation. */
export async function measureIdle(task: Task, folder: string): Promise<Idle> {
  const { lambda } = await startEnvironment(LIVE, task);
  try {
    const { failed, payload } = await lambda.invoke();
    if (failed) throw new Error(`the function failed while it was measured: ${payload}`);
    await sleep(SETTLE_MS);
    const pid = lambda.extensions()[0]?.pid ?? 0;
    const before = processorTicks(pid);
    await sleep(IDLE_SECONDS * 1000);
    const ticks = processorTicks(pid) - before;
    return { ticks, calls: await trace(pid, join(folder, "calls")) };
  } finally {
    await lambda.stop();
  }
}

async function trace(pid: number, file: string): Promise<Idle["calls"]> {
  const child = spawn("strace", ["-f", "-p", String(pid), "-o", file], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const ended = once(child, "close").catch((error) => [error.message]);
  const isEarly = await Promise.race([ended.then(() => true), sleep(IDLE_SECONDS * 1000, false)]);
  if (!isEarly) child.kill("SIGINT");
  const [why] = await ended;
  if (isEarly) return { unknown: said.trim() || String(why) };
  return countedCalls(readFileSync(file, "utf8"));
}

/** The names of the calls that were begun while strace watched: the first of each thread is the one it was waiting in. */
export function countedCalls(log: string): string[] {
  const seen = new Set<string>();
  return log.split("\n").flatMap((line) => {
    const [, thread = "", name] = /^(\d+) +(\w+)\(/.exec(line) ?? [];
    if (!name) return [];
    const isFirst = !seen.has(thread);
    seen.add(thread);
    return isFirst ? [] : [name];
  });
}
