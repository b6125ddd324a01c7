import { execFileSync } from "node:child_process";

/** Runs openssl in a folder. Throws, with what it says, where it fails. */
export function openssl(cwd: string, args: string[]): void {
  execFileSync("openssl", args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
}
