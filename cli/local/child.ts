import { once } from "node:events";
import { constants } from "node:os";
import { isatty } from "node:tty";
import spawn from "cross-spawn";
import type { Env } from "../../core/host/env.ts";

/** A command that runs beside this process. */
export type Child = {
  /** Ends this process as the command ends. */
  follow(): Promise<never>;
};

/**
 * Starts a command with this process's input and output, and passes signals on to it. Rejects as execve fails.
 * Node's own `execve` is not used: where it fails it aborts the process, and a core dump would hold the values.
 */
export async function startChild(file: string, args: string[], env: Env): Promise<Child> {
  const child = spawn(file, args, { env, stdio: "inherit" });
  const ended = once(child, "exit") as Promise<[status: number | null, signal: NodeJS.Signals | null]>;
  const stopForwarding = forwardSignals((signal) => child.kill(signal));
  // Both reject with what the event "error" has.
  await Promise.race([once(child, "spawn"), ended]);
  return {
    async follow() {
      const [status, signal] = await ended;
      stopForwarding();
      if (signal) dieBy(signal);
      process.exit(status ?? 128 + constants.signals[signal ?? "SIGTERM"]);
    },
  };
}

/** Gives what ends it. */
function forwardSignals(forward: (signal: NodeJS.Signals) => void): () => void {
  const listeners = FORWARDED.map(
    (signal) => [signal, isSentToBoth(signal) ? () => {} : () => forward(signal)] as const,
  );
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}

/** By a terminal for its keys, by a console of Windows in any case. */
function isSentToBoth(signal: NodeJS.Signals): boolean {
  if (process.platform === "win32") return true;
  return OF_KEYS.includes(signal) && [0, 1, 2].some((descriptor) => isatty(descriptor));
}

/** Returns where the status has to say it: on Windows, and for signals that dump core, which would hold the values. */
function dieBy(signal: NodeJS.Signals): void {
  if (process.platform !== "win32" && WITHOUT_CORE.includes(signal)) process.kill(process.pid, signal);
}

const OF_KEYS: NodeJS.Signals[] = ["SIGINT", "SIGQUIT"];
/** SIGBREAK is Windows's. */
const FORWARDED: NodeJS.Signals[] = [...OF_KEYS, "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGBREAK"];
const WITHOUT_CORE: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"];
