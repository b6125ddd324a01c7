import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Architecture } from "../../package/layer-zip.ts";
import { FEATURES } from "../build-engine.ts";
import { runTool } from "../ensure-built.ts";
import { muslTarget } from "../musl.ts";
import { type Kind, ROOT } from "../paths.ts";
import { cargoTools } from "./cargo-tools.ts";
import { crateLicenses } from "./crate-licenses.ts";

/** In CycloneDX's words. */
export type Bom = { metadata: { component: Component }; components: Component[]; dependencies: Dependency[] };
type Component = { "bom-ref": string; name: string; version: string };
type Dependency = { ref: string; dependsOn?: string[] };

/** The engine's crates, by cargo-cyclonedx. */
export function crateBom(kind: Kind, architecture: Architecture): Bom {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "crate-bom-")));
  try {
    // It writes its file beside Cargo.toml.
    for (const name of ["Cargo.toml", "Cargo.lock", "src"]) {
      cpSync(join(ROOT, "engine", name), join(folder, name), { recursive: true });
    }
    runCycloneDx(join(folder, "Cargo.toml"), muslTarget(architecture), FEATURES[kind]);
    // The engine's own name for itself is the path of its folder.
    return withoutUnused(JSON.parse(readFileSync(join(folder, "bom.json"), "utf8").replaceAll(folder, "/engine")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runCycloneDx(manifest: string, target: string, features: string): void {
  const crate = ["--manifest-path", manifest, "--target", target, "--no-build-deps"];
  const format = ["--format", "json", "--spec-version", "1.5", "--override-filename", "bom", "--quiet"];
  const options = [...crate, ...format, ...(features ? ["--features", features] : [])];
  // With it, the file has no time and no random number.
  runTool(ROOT, join(cargoTools(), "cargo-cyclonedx"), ["cyclonedx", ...options], { SOURCE_DATE_EPOCH: "0" });
}

/** It also lists what features would need that are off; cargo-about does not. */
function withoutUnused({ metadata, components, dependencies }: Bom): Bom {
  const used = new Set(crateLicenses().flatMap(({ names }) => names));
  const unused = components.filter(({ name, version }) => !used.has(`${name} ${version}`));
  const refs = new Set(unused.map((component) => component["bom-ref"]));
  return {
    metadata,
    components: components.filter((component) => !refs.has(component["bom-ref"])),
    dependencies: dependencies
      .filter(({ ref }) => !refs.has(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((ref) => !refs.has(ref)) })),
  };
}
