import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runTool } from "../../layer/ensure-built.ts";
import { LAYER_ZIP, ROOT } from "../../layer/paths.ts";
import { installPackage } from "./packed-package.ts";

/** A copy of an example in a folder of its own, where the package is installed. The caller removes it. */
export function copyOfExample(example: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${example}-`));
  cpSync(join(ROOT, "examples", example), folder, { recursive: true });
  const installed = installPackage();
  const name = join("node_modules", "lambda-secrets-wrapper");
  cpSync(join(installed, name), join(folder, name), { recursive: true });
  rmSync(installed, { recursive: true });
  // The examples name this architecture; what is started here is the machine's own.
  copyFileSync(LAYER_ZIP, join(folder, name, "dist", "secrets-wrapper-x86_64.zip"));
  return folder;
}

/** Runs those commands of an example's README that begin so, one kind after another. `tools`: folders of programs. */
export function runCommands(folder: string, beginnings: string[], tools: string[], env: Record<string, string> = {}) {
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const lines = [...readme.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = ""]) => block.split("\n"));
  const commands = beginnings.flatMap((beginning) => {
    const found = lines.filter((line) => line.startsWith(beginning));
    if (found.length === 0) throw new Error(`The README has no command ${beginning}`);
    return found;
  });
  const PATH = [...tools, process.env.PATH].join(delimiter);
  runTool(folder, "sh", ["-euxc", commands.join("\n")], { ...env, PATH, SAM_CLI_TELEMETRY: "0" });
}

/** All that decides whether an example works: for oncePerSources. */
export function sourcesOfExample(name: string): string[] {
  return [`examples/${name}`, "test/examples", "test/support", "test/tools", "test/runtimes", ...PRODUCT];
}

const PRODUCT = [
  "cdk",
  "cli",
  "core",
  "engine/Cargo.lock",
  "engine/Cargo.toml",
  "engine/src",
  "fetcher",
  "layer",
  "package",
  "package-lock.json",
  "package.json",
  "policy",
  "terraform",
  "wrapper",
];
