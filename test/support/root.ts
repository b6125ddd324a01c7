import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DIST, LAYER } from "../../layer/paths.ts";
import { missingLayer } from "./trees.ts";

const ENTER_ROOT = fileURLToPath(new URL("enter-root", import.meta.url));
const ROOT_FOLDER = join(DIST, "root");
const AS_ROOT = ["unshare", "--mount"];
const IN_USER_NAMESPACE = [...AS_ROOT, "--map-root-user"];
/** What to put before a command that mounts: as root, if need be of a user namespace. */
export const UNSHARE = refusalOf(AS_ROOT) === undefined ? AS_ROOT : IN_USER_NAMESPACE;

/** What to put before a command: it then runs with the layer in /opt and `task` in /var/task, on this machine's files. */
export function onMachine(task: string, layer = LAYER): string[] {
  return enter("machine", task, layer);
}

/** The same where there is nothing else at all: no shell, no /proc, no name service. */
export function onEmptyRoot(task: string): string[] {
  return enter("empty", task, LAYER);
}

/** The same in the root file system of an image, which is a folder, and as it is. */
export function onImage(root: string): string[] {
  return [...UNSHARE, `--root=${root}`];
}

/** The same where there is nothing else but a static busybox as /bin/sh. */
export function onBusyboxRoot(task: string): string[] {
  return enter("busybox", task, LAYER);
}

/** Says what is missing for these, if anything is. */
export function missingForRoot(): string | undefined {
  if (missingLayer) return missingLayer;
  const refusal = refusalOf(UNSHARE);
  return refusal && `a mount namespace cannot be had: ${refusal}`;
}

/** What is said where nothing can be mounted. */
function refusalOf([program = "", ...args]: string[]): string | undefined {
  mkdirSync(ROOT_FOLDER, { recursive: true });
  const mount = ["mount", "-t", "tmpfs", "tmpfs", ROOT_FOLDER];
  const { status, error, stderr } = spawnSync(program, [...args, ...mount], { encoding: "utf8" });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}

function enter(content: string, task: string, layer: string): string[] {
  return [...UNSHARE, ENTER_ROOT, content, ROOT_FOLDER, layer, task];
}
