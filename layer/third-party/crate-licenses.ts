import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt, runTool } from "../ensure-built.ts";
import { ROOT } from "../paths.ts";
import { cargoTools } from "./cargo-tools.ts";
import type { License } from "./render-licenses.ts";

const CRATE = join(ROOT, "engine");
const FOLDER = join("..", "layer", "third-party");
const CONFIG = join(FOLDER, "about.toml");
const SOURCES = ["Cargo.toml", "Cargo.lock", CONFIG, join(FOLDER, "cargo-tools.txt")];

type About = { licenses: { text: string; used_by: { crate: { name: string; version: string } }[] }[] };

/** Of the crates in any layer's engine: their own texts, or SPDX's where a crate has none. */
export function crateLicenses(): License[] {
  const folder = ensureBuilt(CRATE, SOURCES, (crate, folder) => runAbout(crate, join(folder, "about.json")));
  const about: About = JSON.parse(readFileSync(join(folder, "about.json"), "utf8"));
  return about.licenses.map(({ text, used_by }) => ({
    names: used_by.map(({ crate }) => `${crate.name} ${crate.version}`),
    text,
  }));
}

/** Some seconds, as it compares each file with all licences that there are. */
function runAbout(crate: string, output: string): void {
  const options = ["--locked", "--all-features", "--config", CONFIG, "--fail", "--format", "json"];
  runTool(crate, join(cargoTools(), "cargo-about"), ["generate", ...options, "--output-file", output]);
}
