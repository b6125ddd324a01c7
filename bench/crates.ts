import { copyFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuilt, runTool } from "../layer/ensure-built.ts";
import { missingMusl, muslTarget, pathWithZig } from "../layer/musl.ts";
import { ARCHITECTURE } from "../layer/paths.ts";
import { missingProgram } from "../test/support/needs.ts";

const MUSL = muslTarget(ARCHITECTURE);

/** The folder of the bench's own `floor` and `meter`, static where this machine can build that. */
export function nativePrograms(): string {
  const isStatic = missingMusl(MUSL) === undefined;
  const cargo = isStatic ? ["zigbuild", "--target", MUSL] : ["build"];
  return buildCrate("native", ["floor", "meter"], cargo, isStatic ? { PATH: pathWithZig() } : {});
}

/** The program on AWS's SDK for Rust, built as its users do. */
export function rustWrapper(): string {
  return join(buildCrate("rust", ["rust-wrapper"], ["build"], {}), "rust-wrapper");
}

/** The folder of a crate's programs, built once per content of its sources. Throws where there is no Rust. */
function buildCrate(name: string, programs: string[], cargo: string[], env: Record<string, string>): string {
  const missing = missingProgram(["cargo"]);
  if (missing) throw new Error(missing);
  const crate = fileURLToPath(new URL(name, import.meta.url));
  return ensureBuilt(crate, sourcesOf(crate), (sources, folder) => {
    const target = join(folder, "target");
    runTool(sources, "cargo", [...cargo, "--quiet", "--release", "--locked", "--target-dir", target], env);
    const release = join(target, cargo.includes(MUSL) ? MUSL : "", "release");
    for (const program of programs) copyFileSync(join(release, program), join(folder, program));
    rmSync(target, { recursive: true });
  });
}

function sourcesOf(crate: string): string[] {
  const names = readdirSync(join(crate, "src"), { recursive: true, encoding: "utf8" });
  const sources = names.filter((name) => name.endsWith(".rs")).map((name) => join("src", name));
  return ["Cargo.toml", "Cargo.lock", ...sources.sort()];
}
