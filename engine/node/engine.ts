// The engine's interface on Node, for machines without Rust: development and the demo, never a layer.
// Usage: engine.mjs PROGRAM.qbc [ARGUMENT...]; it runs PROGRAM.mjs, from which the bytecode is made.

import { spawnSync } from "node:child_process";
import { constants } from "node:os";
import { pathToFileURL } from "node:url";
import "./globals.ts";

const [node, , program = "", ...args] = process.argv;
process.argv = [node ?? "node", program, ...args];
// Before Node 22.15 there is no execve.
process.execve ??= spawnInstead;
await import(pathToFileURL(program.replace(/\.qbc$/, ".mjs")).href);

/** A child in place of a new program in this process: another pid, but the same output and exit. */
function spawnInstead(file: string, [argv0, ...args]: string[], env: Record<string, string | undefined>): never {
  const { error, status, signal } = spawnSync(file, args, { argv0: argv0 ?? file, env, stdio: "inherit" });
  if (error) throw error;
  process.exit(status ?? 128 + constants.signals[signal ?? "SIGTERM"]);
}
