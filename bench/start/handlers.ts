import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { lazy } from "../../core/host/memoize.ts";
import { ensureVenv } from "../../layer/venv.ts";
import type { Candidate } from "./candidates.ts";
import { idle } from "./idle.ts";
import { BUILT, sourceOf } from "./sources.ts";

/** One job for both handlers of a language, as they have the same interpreter. */
const python = lazy(() => idle("Python", pythonWith("requirements.txt"), "-c", "import os; os._exit(0)"));
const node = lazy(() => idle("Node", process.execPath, "-e", "process.exit()"));

export async function boto3(): Promise<Candidate[]> {
  return [inPython("boto3, one by one", "handler.py", pythonWith("requirements.txt"))];
}

export async function powertoolsForPython(): Promise<Candidate[]> {
  const interpreter = pythonWith("powertools-requirements.txt");
  return [inPython("Powertools for Python, one by one", "powertools_handler.py", interpreter)];
}

export async function javaScript(): Promise<Candidate[]> {
  return [await inNode("JavaScript SDK, in parallel", "handler")];
}

export async function powertoolsForTypeScript(): Promise<Candidate[]> {
  return [await inNode("Powertools for TypeScript, in parallel", "powertools-handler")];
}

function inPython(name: string, handler: string, interpreter: string): Candidate {
  return {
    name,
    command: () => [interpreter, sourceOf(join("python", handler))],
    deployed: sitePackages(interpreter),
    interpreter: python(),
  };
}

async function inNode(name: string, handler: string): Promise<Candidate> {
  const outfile = join(BUILT, `${handler}.cjs`);
  await build({
    entryPoints: [sourceOf(join("node", `${handler}.ts`))],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    mainFields: ["module", "main"],
    logLevel: "warning",
  });
  return { name, command: () => [process.execPath, outfile], deployed: outfile, interpreter: node() };
}

function pythonWith(requirements: string): string {
  return join(ensureVenv(sourceOf(join("python", requirements))), "python3");
}

function sitePackages(interpreter: string): string {
  const program = "import sysconfig; print(sysconfig.get_path('purelib'), end='')";
  return execFileSync(interpreter, ["-c", program], { encoding: "utf8" });
}
