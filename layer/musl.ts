import { spawnSync } from "node:child_process";
import { arch } from "node:os";
import { delimiter, join } from "node:path";
import { ROOT } from "./paths.ts";
import { ensureVenv } from "./venv.ts";

/** Rust's target for static programs: in Lambda there may be no C library, or another one. */
export const MUSL = `${arch() === "arm64" ? "aarch64" : "x86_64"}-unknown-linux-musl`;

const ZIG = join(ROOT, "layer", "zig-requirements.txt");

/** Says why `cargo zigbuild` cannot build for it here, if so; adds what rustup and PyPI have. */
export function missingMusl(): string | undefined {
  if (!succeeds("rustup", ["target", "add", MUSL])) return `rustup cannot add the target ${MUSL}`;
  return hasZig() ? undefined : "cargo-zigbuild cannot be installed from PyPI with python3";
}

/** PATH with `cargo zigbuild`. */
export function pathWithZig(): string {
  return `${ensureVenv(ZIG)}${delimiter}${process.env.PATH}`;
}

export function succeeds(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

function hasZig(): boolean {
  try {
    return ensureVenv(ZIG) !== "";
  } catch {
    return false;
  }
}
