import { execFileSync } from "node:child_process";
import { ROOT } from "../layer/paths.ts";

/** Runs git in the checkout. Returns its standard output; throws where it fails. */
export function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
}
