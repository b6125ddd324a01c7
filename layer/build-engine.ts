import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { arch, platform } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { CACHE, ROOT } from "./paths.ts";
import { ensureVenv } from "./venv.ts";

/** A built engine. One that is not static needs this machine's C library, and must not go into a zip. */
export type Engine = { file: string; isStatic: boolean };

const CRATE = join(ROOT, "engine");
const ZIG = join(ROOT, "layer", "zig-requirements.txt");
const CARGO_TARGET = join(CACHE, "cargo");

/** The engine for this machine, built if its sources have changed; undefined, with the reason printed, where it cannot be. */
export function buildEngine(): Engine | undefined {
  const cpu = { x64: "x86_64", arm64: "aarch64" }[arch() as string];
  if (platform() !== "linux" || !cpu) return without("it is for Linux on x86_64 and arm64");
  if (!succeeds("cargo", ["--version"])) return without("there is no Rust (cargo) on this machine: https://rustup.rs");
  const target = `${cpu}-unknown-linux-musl`;
  const cached = cachedEngine(target);
  if (existsSync(cached)) return { file: cached, isStatic: true };
  if (!hasTarget(target)) return buildLocal(`rustup cannot add the target ${target}`);
  const tools = zigTools();
  return tools ? buildStatic(target, tools, cached) : buildLocal("cargo-zigbuild cannot be installed from PyPI");
}

function without(why: string): undefined {
  console.error(`No engine is built: ${why}. The fetcher runs on Node instead, which is for development only.`);
}

function buildStatic(target: string, tools: string, cached: string): Engine {
  console.error("Building the engine, which takes some minutes the first time…");
  const env = { PATH: `${tools}${delimiter}${process.env.PATH}` };
  cargo(["zigbuild", "--release", "--locked", "--target", target], env);
  return { file: keep(join(CARGO_TARGET, target, "release", "engine"), cached), isStatic: true };
}

function buildLocal(why: string): Engine {
  console.error(`The engine is for this machine only, not for Lambda: ${why}.`);
  const cached = cachedEngine("local");
  if (existsSync(cached)) return { file: cached, isStatic: false };
  cargo(["build", "--release", "--locked"], {});
  return { file: keep(join(CARGO_TARGET, "release", "engine"), cached), isStatic: false };
}

function cargo(args: string[], env: Record<string, string>): void {
  execFileSync("cargo", args, {
    cwd: CRATE,
    env: { ...process.env, ...env, CARGO_TARGET_DIR: CARGO_TARGET },
    stdio: ["ignore", 2, 2],
  });
}

/** Where an engine of these sources is kept, whether or not it is there yet. */
function cachedEngine(target: string): string {
  const sources = readdirSync(join(CRATE, "src")).map((name) => join("src", name));
  const hash = createHash("sha256").update(target);
  for (const name of ["Cargo.toml", "Cargo.lock", ...sources].sort()) {
    hash.update(`\0${name}\0`).update(readFileSync(join(CRATE, name)));
  }
  return join(CACHE, "engine", hash.digest("hex").slice(0, 16), "engine");
}

/** Moved into place in one step: another build may be looking for it. */
function keep(built: string, cached: string): string {
  mkdirSync(dirname(cached), { recursive: true });
  const partial = `${cached}.${process.pid}`;
  copyFileSync(built, partial);
  renameSync(partial, cached);
  return cached;
}

function hasTarget(target: string): boolean {
  return succeeds("rustup", ["target", "add", target]);
}

function zigTools(): string | undefined {
  try {
    return ensureVenv(ZIG);
  } catch {
    return undefined;
  }
}

function succeeds(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}
