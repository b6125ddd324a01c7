// Usage: npm test [-- JEST-OPTION...]. Checks and tests everything; the last line is the sum over all suites.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FUNCTIONS } from "../acceptance/paths.ts";
import { nativePrograms } from "../bench/crates.ts";
import { missingTools } from "../layer/build-engine.ts";
import { readOptions } from "../layer/build-options.ts";
import { CACHE, ROOT } from "../layer/paths.ts";
import { pathOf } from "./support/checkout.ts";
import { ministackTools } from "./support/ministack.ts";
import { packageTools } from "./support/package-tools.ts";
import { packedPackage } from "./support/packed-package.ts";
import { comparable, DOCUMENT, renderResults } from "./support/results-document.ts";
import { ALL_RUNTIMES } from "./support/runtimes.ts";
import { missingProvider } from "./support/terraform.ts";
import { awsTools, pythonTools, terraformTools } from "./support/tools.ts";
import { WRAPPER } from "./support/trees.ts";

const ALL = ["--arch", "all"];

type Count = { passed: number; failed: number; skipped: number };

const total: Count = { passed: 0, failed: 0, skipped: 0 };
const cargoEnv = { ...process.env, CARGO_TARGET_DIR: join(CACHE, "cargo") };

/** Each stage needs the ones before it; the first that fails is the last. */
function main(): void {
  try {
    step("lint", "npm", ["run", "--silent", "lint"]);
    step("audit", "npm", ["run", "--silent", "audit"]);
    testDemo();
    buildLayer();
    if (has("python3", "moto, the Python runtime and ShellCheck")) checkShell(pythonTools());
    for (const { name, programs, prepare } of ALL_RUNTIMES) {
      if (programs.every((program) => has(program, `functions on ${name}`))) prepare();
    }
    if (has("python3", "ministack and AWS's command-line tools")) {
      ministackTools();
      awsTools();
    }
    packageTools();
    if (has("go", "tflint and terraform-docs")) terraformTools();
    if (has("cargo", "the bench's programs")) nativePrograms();
    const missing = missingProvider();
    if (missing) skip(`${missing}, needed for the Terraform module`);
    const options = process.argv.slice(2);
    testWithJest(options);
    if (options.length === 0) checkResults();
    if (has("cargo", "the engine's own tests")) testEngine();
    // Not bench/rust: clippy would build all of AWS's SDK for it.
    if (has("cargo", "the lint of the bench's programs")) lintCrate("bench/native");
  } catch (error) {
    console.error(String(error));
    process.exitCode = 1;
    total.failed ||= 1;
  }
  const { passed, failed, skipped } = total;
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
}

/** As a newcomer runs it: with nothing but Node, with all there is, and with mistakes. */
function testDemo(): void {
  const folder = mkdtempSync(join(tmpdir(), "only-node-"));
  const demo = ["--import", "tsx", "demo/demo.ts"];
  step("demo with nothing but Node", process.execPath, demo, { PATH: pathOf(folder) });
  rmSync(folder, { recursive: true });
  step("demo", process.execPath, demo);
  step("demo of mistakes", process.execPath, [...demo, "--break"]);
}

function buildLayer(): void {
  const { architectures, kinds } = readOptions(ALL);
  const needed = architectures.flatMap((architecture) => kinds.map((kind) => missingTools(kind, architecture)));
  const missing = needed.find((missing) => missing !== undefined);
  if (missing) skip(`${missing}, needed for the layer`);
  else {
    step("build", "npm", ["run", "--silent", "build", "--", ...ALL]);
    packedPackage();
  }
}

function checkShell(tools: string): void {
  const wrappers = readdirSync(join(ROOT, "test", "wrappers"), { withFileTypes: true });
  const scripts = wrappers.filter((entry) => entry.isFile()).map(({ name }) => join("test", "wrappers", name));
  scripts.push(
    "wrapper/wrapper",
    "layer/same-rustc/rustc",
    "test/support/bootstrap",
    "test/support/enter-root",
    "test/runtimes/shell/app.sh",
  );
  scripts.push(...["app", "bootstrap"].map((name) => join(FUNCTIONS("provided"), name)));
  step("ShellCheck", join(tools, "shellcheck"), [...scripts, ".ci/run"]);
}

function testWithJest(options: string[]): void {
  const folder = mkdtempSync(join(tmpdir(), "jest-"));
  const results = join(folder, "results.json");
  const { status } = run("npx", ["jest", "--json", `--outputFile=${results}`, ...options]);
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(results, "utf8"));
  rmSync(folder, { recursive: true });
  add({ passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests });
  if (status !== 0) throw new Error("jest has failed");
}

/** The document is made of what has just been recorded; without the engine or a runtime there is less. */
function checkResults(): void {
  if (total.skipped > 0 || !existsSync(WRAPPER)) return;
  const isCurrent = comparable(readFileSync(DOCUMENT, "utf8")) === comparable(renderResults());
  if (!isCurrent) throw new Error("docs/results.md is out of date: npm run results");
  add({ passed: 1, failed: 0, skipped: 0 });
}

function testEngine(): void {
  const crate = ["--manifest-path", "engine/Cargo.toml", "--locked"];
  lintCrate("engine");
  lintCrate("engine", "--features", "server");
  // Without the server it is the engine that layers have; with it only the server is left to test.
  testCrate(crate);
  testCrate([...crate, "--features", "server", "--test", "server*"]);
}

function lintCrate(folder: string, ...features: string[]): void {
  const crate = ["--manifest-path", `${folder}/Cargo.toml`];
  const options = [...crate, "--locked", ...features, "--all-targets", "--", "-D", "warnings"];
  step(`rustfmt of ${folder}`, "cargo", ["fmt", "--check", ...crate]);
  step(`clippy of ${[folder, ...features].join(" ")}`, "cargo", ["clippy", ...options]);
}

function testCrate(options: string[]): void {
  const { status, output } = run("cargo", ["test", ...options]);
  for (const [, passed, failed, skipped] of output.matchAll(/(\d+) passed; (\d+) failed; (\d+) ignored/g)) {
    add({ passed: Number(passed), failed: Number(failed), skipped: Number(skipped) });
  }
  if (status !== 0) throw new Error("cargo test has failed");
}

function has(program: string, what: string): boolean {
  if (spawnSync(program, ["--version"]).error === undefined) return true;
  skip(`there is no ${program} on this machine, needed for ${what}`);
  return false;
}

/** In CI nothing passes by not being there. */
function skip(why: string): void {
  if (process.env.CI) throw new Error(why);
  console.log(`Skipped: ${why}.`);
}

function step(name: string, program: string, args: string[], env: NodeJS.ProcessEnv = {}): void {
  console.log(`— ${name}`);
  if (run(program, args, env).status !== 0) throw new Error(`${name} has failed`);
}

/** Shows a program's output and how long it took, and returns its standard output. */
function run(program: string, args: string[], env: NodeJS.ProcessEnv = {}): { status: number | null; output: string } {
  const started = performance.now();
  const { status, stdout } = spawnSync(program, args, {
    cwd: ROOT,
    env: { ...cargoEnv, ...env },
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    maxBuffer: 100 << 20,
  });
  process.stdout.write(stdout ?? "");
  console.log(`(${Math.round((performance.now() - started) / 1000)} s)`);
  return { status, output: stdout ?? "" };
}

function add(count: Count): void {
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
}

main();
