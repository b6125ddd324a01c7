import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync } from "node:fs";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import type { Architecture } from "../package/layer-zip.ts";
import { missingMusl, muslTarget, pathWithZig, succeeds } from "./musl.ts";
import { ARCHITECTURE, CACHE, type Kind, ROOT } from "./paths.ts";
import { reproducibleFlags } from "./reproducible-flags.ts";

const CRATE = join(ROOT, "engine");
/** What an engine is made with, besides its target and features. */
const TOOLS = hashOf(ROOT, [
  "rust-toolchain.toml",
  "layer/zig-requirements.txt",
  "layer/reproducible-flags.ts",
  "layer/same-rustc/getrandom.c",
  "layer/same-rustc/rustc",
]);
/** Cargo does not see all of these, and would take what it made with others. */
const CARGO_TARGET = join(CACHE, `cargo-${TOOLS}`);

/** Of the live layer, whose cache runs beside the function, it has a server. */
export const FEATURES: Record<Kind, string> = { plain: "", live: "server" };

/** The engine for an architecture, built if its sources have changed. Throws where it cannot be built. */
export function buildEngine(kind: Kind = "plain", architecture = ARCHITECTURE): string {
  const missing = missingTools(kind, architecture);
  if (missing) throw new Error(`${missing}. ${howToInstall(architecture)}`);
  const cached = cachedEngine(kind, architecture);
  if (!existsSync(cached)) {
    console.error(`Building the engine for ${architecture}, which takes some minutes the first time…`);
    buildInto(cached, kind, architecture);
  }
  return cached;
}

/** Says what this machine lacks for the engine, if anything; adds what rustup and PyPI have. */
export function missingTools(kind: Kind = "plain", architecture = ARCHITECTURE): string | undefined {
  if (platform() !== "linux" || !["x64", "arm64"].includes(arch()))
    return "this machine is no Linux on x86_64 or arm64";
  if (!succeeds("cargo", ["--version"])) return "there is no Rust (cargo) on this machine";
  if (existsSync(cachedEngine(kind, architecture))) return undefined;
  const missing = missingMusl(muslTarget(architecture));
  if (missing) return missing;
  if (spawnSync("cc", ["--version"]).error) return "there is no C compiler (cc) on this machine";
  return spawnSync("flock", ["-h"]).error ? "there is no flock (util-linux) on this machine" : undefined;
}

function howToInstall(architecture: Architecture): string {
  return `A build needs Linux on x86_64 or arm64, a C compiler (cc), Rust from rustup (https://rustup.rs) with the target ${muslTarget(architecture)}, and Python 3 with venv, which installs cargo-zigbuild from PyPI.`;
}

/** Moved into place in one step: another build may be looking for it. */
function buildInto(cached: string, kind: Kind, architecture: Architecture): void {
  const partial = `${cached}.${process.pid}`;
  for (const folder of [dirname(cached), CARGO_TARGET]) mkdirSync(folder, { recursive: true });
  // Checkouts share the target folder, where cargo compares times: those of another may be later than these sources.
  const now = new Date();
  utimesSync(join(CRATE, "src", "main.rs"), now, now);
  execFileSync("flock", [join(CARGO_TARGET, "build.lock"), "sh", "-euc", BUILD_AND_COPY, "sh", partial], {
    cwd: CRATE,
    env: {
      ...process.env,
      ...reproducibleFlags(CARGO_TARGET),
      PATH: pathWithZig(),
      CARGO_TARGET_DIR: CARGO_TARGET,
      ENGINE_TARGET: muslTarget(architecture),
      ENGINE_FEATURES: FEATURES[kind],
    },
    stdio: ["ignore", 2, 2],
  });
  renameSync(partial, cached);
}

const BUILD_AND_COPY =
  'cargo zigbuild --release --locked --target "$ENGINE_TARGET" --features "$ENGINE_FEATURES"; cp "$CARGO_TARGET_DIR/$ENGINE_TARGET/release/engine" "$1"';

/** Where an engine of these sources is kept, whether or not it is there yet. */
function cachedEngine(kind: Kind, architecture: Architecture): string {
  const names = readdirSync(join(CRATE, "src"), { recursive: true, encoding: "utf8" });
  const sources = names.filter((name) => name.endsWith(".rs")).map((name) => join("src", name));
  const crate = hashOf(CRATE, ["Cargo.toml", "Cargo.lock", ...sources]);
  return join(CACHE, "engine", [muslTarget(architecture), FEATURES[kind] || "plain", TOOLS, crate].join("-"), "engine");
}

function hashOf(folder: string, names: string[]): string {
  const hash = createHash("sha256");
  for (const name of names.sort()) hash.update(`\0${name}\0`).update(readFileSync(join(folder, name)));
  return hash.digest("hex").slice(0, 16);
}
