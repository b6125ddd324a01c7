// The command-line tool as in the package: one file for Node, beside a package.json.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { bundleCli } from "../../package/bundle.ts";

export type Tool = {
  /** The package's folder, where a test may write. */
  folder: string;
  cli: string;
  remove(): void;
};

export type Told = { status: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string };

/** Bundles the tool into a package of its own. */
export async function bundledTool(): Promise<Tool> {
  const folder = mkdtempSync(join(tmpdir(), "cli-"));
  const cli = join(folder, "dist", "cli.mjs");
  mkdirSync(join(folder, "dist"));
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  await bundleCli(cli);
  return { folder, cli, remove: () => rmSync(folder, { recursive: true }) };
}

type Options = { env?: Record<string, string>; cwd?: string; input?: string };

/** Runs the tool to its end, with this input or none. */
export async function runTool({ cli, folder }: Tool, args: string[], options: Options = {}): Promise<Told> {
  const { env = {}, cwd = folder, input = "" } = options;
  const child = spawn(process.execPath, [cli, ...args], { env, cwd, stdio: ["pipe", "pipe", "pipe"] });
  // It may end before it has read all.
  child.stdin.on("error", () => {}).end(input);
  const [stdout, stderr, how] = await Promise.all([text(child.stdout), text(child.stderr), endOf(child)]);
  return { ...how, stdout, stderr };
}

export function endOf(child: ChildProcess): Promise<Pick<Told, "status" | "signal">> {
  return new Promise((resolve) => child.once("close", (status, signal) => resolve({ status, signal })));
}
