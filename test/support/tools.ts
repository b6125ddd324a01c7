import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { CACHE, ROOT } from "../../layer/paths.ts";
import { ensureVenv } from "../../layer/venv.ts";

export const RUNTIMES = join(ROOT, "test", "runtimes");
const TERRAFORM_TOOLS = join(ROOT, "test", "tools", "terraform");

/** The folder with the Python that has AWS's runtime client, moto_server and shellcheck. */
export function pythonTools(): string {
  return ensureVenv(join(RUNTIMES, "python", "requirements.txt"));
}

/** AWS's runtime client for Node: the file to run. */
export function nodeRuntimeClient(): string {
  const folder = ensureBuilt(join(RUNTIMES, "node"), ["package-lock.json"], (sources, folder) => {
    for (const name of ["package.json", "package-lock.json"]) cpSync(join(sources, name), join(folder, name));
    // Its native part is compiled here.
    run(folder, "npm", ["ci", "--no-audit", "--no-fund"]);
  });
  return join(folder, "node_modules", "aws-lambda-ric", "index.mjs");
}

/** The folder of a function in Java, with AWS's runtime client in lib. */
export function javaFunction(): string {
  return ensureBuilt(join(RUNTIMES, "java"), ["pom.xml", "Handler.java"], (sources, folder) => {
    const lib = join(folder, "lib");
    const options = ["--quiet", "--batch-mode", "-Dstyle.color=never", `-DoutputDirectory=${lib}`];
    run(sources, "mvn", [...options, "dependency:copy-dependencies"]);
    run(sources, "javac", ["--release", "11", "-classpath", join(lib, "*"), "-d", folder, "Handler.java"]);
  });
}

/** The folder of a function in Go: one static program, app. */
export function goFunction(): string {
  return ensureBuilt(join(RUNTIMES, "go"), ["go.mod", "go.sum", "main.go"], (sources, folder) =>
    run(sources, "go", ["build", "-trimpath", "-o", join(folder, "app"), "."], { CGO_ENABLED: "0" }),
  );
}

/** The folder of a function in Rust: one program, app. */
export function rustFunction(): string {
  const target = join(CACHE, "cargo-runtimes");
  return ensureBuilt(join(RUNTIMES, "rust"), ["Cargo.toml", "Cargo.lock", "src/main.rs"], (sources, folder) => {
    run(sources, "cargo", ["build", "--quiet", "--locked", "--target-dir", target]);
    cpSync(join(target, "debug", "app"), join(folder, "app"));
  });
}

/** The folder of tflint and terraform-docs. */
export function terraformTools(): string {
  return ensureBuilt(TERRAFORM_TOOLS, ["go.mod", "go.sum"], (sources, folder) =>
    run(sources, "go", ["build", "-o", `${folder}/`, "tool"], { CGO_ENABLED: "0" }),
  );
}

/** A folder in the cache, made once per content of the files named. Put in place in one step: another test may be looking for it. */
function ensureBuilt(sources: string, files: string[], make: (sources: string, folder: string) => void): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(join(sources, file)));
  const folder = join(CACHE, "tools", `${basename(sources)}-${hash.digest("hex").slice(0, 16)}`);
  const finished = join(folder, "finished");
  if (existsSync(finished)) return folder;
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  make(sources, partial);
  writeFileSync(join(partial, "finished"), "");
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
  return folder;
}

/** Its standard output goes to ours: a caller's own is for what it reports. */
function run(cwd: string, program: string, args: string[], env: Record<string, string> = {}): void {
  execFileSync(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", 2, 2] });
}
