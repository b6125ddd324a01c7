import { cpSync } from "node:fs";
import { join } from "node:path";
import { CACHE, ROOT } from "../../layer/paths.ts";
import { ensureVenv } from "../../layer/venv.ts";
import { ensureBuilt, runTool } from "./ensure-built.ts";

export const RUNTIMES = join(ROOT, "test", "runtimes");
const TERRAFORM_TOOLS = join(ROOT, "test", "tools", "terraform");
const ACTIONS_TOOLS = join(ROOT, "test", "tools", "actions");

/** The folder with the Python that has AWS's runtime client, moto_server and shellcheck. */
export function pythonTools(): string {
  return ensureVenv(join(RUNTIMES, "python", "requirements.txt"));
}

/** AWS's runtime client for Node: the file to run. */
export function nodeRuntimeClient(): string {
  const folder = ensureBuilt(join(RUNTIMES, "node"), ["package-lock.json"], (sources, folder) => {
    for (const name of ["package.json", "package-lock.json"]) cpSync(join(sources, name), join(folder, name));
    // Its native part is compiled here.
    runTool(folder, "npm", ["ci", "--no-audit", "--no-fund"]);
  });
  return join(folder, "node_modules", "aws-lambda-ric", "index.mjs");
}

/** The folder of a function in Java, with AWS's runtime client in lib. */
export function javaFunction(): string {
  return ensureBuilt(join(RUNTIMES, "java"), ["pom.xml", "Handler.java"], (sources, folder) => {
    const lib = join(folder, "lib");
    const options = ["--quiet", "--batch-mode", "-Dstyle.color=never", `-DoutputDirectory=${lib}`];
    runTool(sources, "mvn", [...options, "dependency:copy-dependencies"]);
    runTool(sources, "javac", ["--release", "11", "-classpath", join(lib, "*"), "-d", folder, "Handler.java"]);
  });
}

/** The folder of a function in Go: one static program, app. */
export function goFunction(): string {
  return ensureBuilt(join(RUNTIMES, "go"), ["go.mod", "go.sum", "main.go"], (sources, folder) =>
    runTool(sources, "go", ["build", "-trimpath", "-o", join(folder, "app"), "."], { CGO_ENABLED: "0" }),
  );
}

/** The folder of a function in Rust: one program, app. */
export function rustFunction(): string {
  const target = join(CACHE, "cargo-runtimes");
  return ensureBuilt(join(RUNTIMES, "rust"), ["Cargo.toml", "Cargo.lock", "src/main.rs"], (sources, folder) => {
    runTool(sources, "cargo", ["build", "--quiet", "--locked", "--target-dir", target]);
    cpSync(join(target, "debug", "app"), join(folder, "app"));
  });
}

/** The folder of tflint and terraform-docs. */
export function terraformTools(): string {
  return ensureBuilt(TERRAFORM_TOOLS, ["go.mod", "go.sum"], (sources, folder) =>
    runTool(sources, "go", ["build", "-o", `${folder}/`, "tool"], { CGO_ENABLED: "0" }),
  );
}

/** actionlint, which checks workflows of GitHub. */
export function actionlint(): string {
  const folder = ensureBuilt(ACTIONS_TOOLS, ["go.mod", "go.sum"], (sources, folder) =>
    runTool(sources, "go", ["build", "-o", `${folder}/`, "tool"], { CGO_ENABLED: "0" }),
  );
  return join(folder, "actionlint");
}

/** zizmor, which finds weaknesses in them. */
export function zizmor(): string {
  return join(ensureVenv(join(ACTIONS_TOOLS, "requirements.txt")), "zizmor");
}
