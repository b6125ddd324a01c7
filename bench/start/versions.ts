import { spawnSync } from "node:child_process";
import { VERSION } from "../../core/host/version.ts";

/** Of this layer and of what builds or runs the candidates, where it is there. */
export function readVersions(): Record<string, string> {
  const versions = Object.entries(PROGRAMS).map(([name, [program = "", ...args]]) => [name, versionOf(program, args)]);
  return Object.fromEntries([["secrets-wrapper", VERSION], ...versions.filter(([, version]) => version)]);
}

/** Node is in the machine's description. */
const PROGRAMS = {
  Go: ["go", "version"],
  Rust: ["rustc", "--version"],
  Python: ["python3", "--version"],
};

function versionOf(program: string, args: string[]): string | undefined {
  const { stdout } = spawnSync(program, args, { encoding: "utf8" });
  return /\d+(\.\d+)+/.exec(stdout ?? "")?.[0];
}
