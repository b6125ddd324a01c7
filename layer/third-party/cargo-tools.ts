import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt, runTool } from "../ensure-built.ts";
import { ROOT } from "../paths.ts";

const SOURCES = join(ROOT, "layer", "third-party");
const TOOLS = "cargo-tools.txt";

/** The folder of the programs that cargo-tools.txt pins, compiled once. Throws where crates.io cannot be reached. */
export function cargoTools(): string {
  const built = ensureBuilt(SOURCES, [TOOLS], (sources, folder) => {
    const target = join(folder, "target");
    const tools = readFileSync(join(sources, TOOLS), "utf8").trim().split("\n");
    for (const tool of tools) install(tool.split(" "), sources, folder, target);
    rmSync(target, { recursive: true });
  });
  return join(built, "bin");
}

function install(tool: string[], cwd: string, root: string, target: string): void {
  console.error(`Compiling ${tool[0]}, which takes some minutes the first time…`);
  const options = ["install", "--quiet", "--locked", "--root", root, "--target-dir", target, ...tool];
  // Their own LTO would take longer than all that they do here.
  runTool(cwd, "cargo", options, { CARGO_PROFILE_RELEASE_LTO: "off" });
}
