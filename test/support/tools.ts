import { cpSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt, runTool } from "../../layer/ensure-built.ts";
import { CACHE, ROOT } from "../../layer/paths.ts";
import { ensureVenv } from "../../layer/venv.ts";

export const RUNTIMES = join(ROOT, "test", "runtimes");
const TOOLS = join(ROOT, "test", "tools");

/** The folder with the Python that has AWS's runtime client, moto_server and shellcheck. */
export function pythonTools(): string {
  return ensureVenv(join(RUNTIMES, "python", "requirements.txt"));
}

/** AWS's runtime client for Node: the file to run. */
export function nodeRuntimeClient(): string {
  return join(npmPackages(join(RUNTIMES, "node")), "aws-lambda-ric", "index.mjs");
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
  return ensureBuilt(join(TOOLS, "terraform"), ["go.mod", "go.sum"], (sources, folder) =>
    runTool(sources, "go", ["build", "-o", `${folder}/`, "tool"], { CGO_ENABLED: "0" }),
  );
}

/** actionlint, which checks workflows of GitHub. */
export function actionlint(): string {
  const folder = ensureBuilt(join(TOOLS, "actions"), ["go.mod", "go.sum"], (sources, folder) =>
    runTool(sources, "go", ["build", "-o", `${folder}/`, "tool"], { CGO_ENABLED: "0" }),
  );
  return join(folder, "actionlint");
}

/** zizmor, which finds weaknesses in them. */
export function zizmor(): string {
  return join(ensureVenv(join(TOOLS, "actions", "requirements.txt")), "zizmor");
}

/** The folder of AWS's command-line tools: sam, aws and cfn-lint. */
export function awsTools(): string {
  return ensureVenv(join(TOOLS, "aws", "requirements.txt"));
}

/** The Serverless Framework's open fork: the file to run. */
export function serverlessFramework(): string {
  return join(npmPackages(join(TOOLS, "osls")), "osls", "bin", "serverless.js");
}

/** The packages that check Markdown and spelling: their folder. */
export function markdownTools(): string {
  return npmPackages(join(TOOLS, "markdown"));
}

/** The folder of a node for tools that do not run on Node 20. */
export function newerNode(): string {
  return join(npmPackages(join(TOOLS, "node")), ".bin");
}

/** What a folder's package-lock.json has, installed in the cache: its node_modules. */
export function npmPackages(sources: string): string {
  const folder = ensureBuilt(sources, ["package-lock.json"], (sources, folder) => {
    for (const name of ["package.json", "package-lock.json"]) cpSync(join(sources, name), join(folder, name));
    runTool(folder, "npm", ["ci", "--no-audit", "--no-fund"]);
  });
  return join(folder, "node_modules");
}
