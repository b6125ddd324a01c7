import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import type { Architecture } from "../package/layer-zip.ts";
import { ROOT } from "./paths.ts";
import { ensureVenv } from "./venv.ts";

const ZIG = join(ROOT, "layer", "zig-requirements.txt");

/** Rust's target for static programs: in Lambda there may be no C library, or another one. */
export function muslTarget(architecture: Architecture): string {
  return `${architecture === "arm64" ? "aarch64" : "x86_64"}-unknown-linux-musl`;
}

/** Says why `cargo zigbuild` cannot build for a target here, if so; adds what rustup and PyPI have. */
export function missingMusl(target: string): string | undefined {
  if (!succeeds("rustup", ["target", "add", target])) return `rustup cannot add the target ${target}`;
  return hasZig() ? undefined : "cargo-zigbuild cannot be installed from PyPI with python3";
}

/** The folder of `cargo zigbuild`, with zig. */
export function zigFolder(): string {
  return ensureVenv(ZIG);
}

/** PATH with `cargo zigbuild`. */
export function pathWithZig(): string {
  return `${zigFolder()}${delimiter}${process.env.PATH}`;
}

export function succeeds(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

function hasZig(): boolean {
  try {
    return zigFolder() !== "";
  } catch {
    return false;
  }
}
