import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DIST, LAYER } from "../../layer/paths.ts";

const ENTER_ROOT = join(__dirname, "enter-root");
const UNSHARE = ["unshare", process.getuid?.() === 0 ? "--mount" : "--map-root-user", "--mount"];
const ROOT_FOLDER = join(DIST, "root");

/** What to put before a command: it then runs with the layer in /opt and `task` in /var/task, on this machine's files. */
export function onMachine(task: string): string[] {
  return enter("machine", task);
}

/** The same where there is nothing else at all: no shell, no /proc, no name service. */
export function onEmptyRoot(task: string): string[] {
  return enter("empty", task);
}

/** Says what is missing for these, if anything is. */
export function missingForRoot(): string | undefined {
  if (!existsSync(LAYER)) return "the layer was not built, which takes Rust";
  const [program = "", ...args] = UNSHARE;
  const { status, error, stderr } = spawnSync(program, [...args, "true"]);
  return status === 0 ? undefined : `a mount namespace cannot be had: ${error ?? String(stderr).trim()}`;
}

function enter(content: string, task: string): string[] {
  mkdirSync(ROOT_FOLDER, { recursive: true });
  return [...UNSHARE, ENTER_ROOT, content, ROOT_FOLDER, LAYER, task];
}
