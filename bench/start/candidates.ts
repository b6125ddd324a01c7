import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { CACHE, LAYER } from "../../layer/paths.ts";
import { ensureVenv } from "../../layer/venv.ts";
import type { Peer } from "../options.ts";
import { idle } from "./idle.ts";
import type { Job } from "./measure.ts";

/** One way to get secrets into a program. */
export type Candidate = {
  name: string;
  /** Starts `program` with its secrets; a handler is the program itself, and prints them. */
  command(program: string[]): string[];
  /** For a handler: its interpreter alone. */
  interpreter?: Job;
};

/** Makes candidates; throws where this machine lacks something for them. */
export type Build = { name: string; make(): Promise<Candidate[]> };

export const THIS_LAYER = "This layer";
export const GO_IN_TURN = "Go, one after another";

export function listBuilds(peers: Peer[]): Build[] {
  return [
    { name: THIS_LAYER, make: ours },
    { name: "Go", make: go },
    { name: "boto3 in the handler", make: boto3 },
    { name: "JavaScript SDK in the handler", make: javaScript },
    ...peers.map((peer) => ({ name: peer.name, make: async () => [toCandidate(peer)] })),
  ];
}

async function ours(): Promise<Candidate[]> {
  const wrapper = join(LAYER, "wrapper");
  if (!existsSync(wrapper)) throw new Error(`there is no ${wrapper}: npm run build makes it`);
  return [{ name: THIS_LAYER, command: (program) => [wrapper, ...program] }];
}

async function go(): Promise<Candidate[]> {
  const wrapper = join(BUILT, "go-wrapper");
  execFileSync("go", ["build", "-trimpath", "-ldflags", "-s -w", "-o", wrapper, "."], {
    cwd: here("go"),
    env: { ...process.env, CGO_ENABLED: "0" },
    stdio: ["ignore", 2, 2],
  });
  return [
    { name: GO_IN_TURN, command: (program) => [wrapper, ...program] },
    { name: "Go, in parallel", command: (program) => [wrapper, "-parallel", ...program] },
  ];
}

async function boto3(): Promise<Candidate[]> {
  const python = join(ensureVenv(here("python/requirements.txt")), "python3");
  return [
    {
      name: "boto3 in the handler, one after another",
      command: () => [python, here("python/handler.py")],
      interpreter: idle("Python", python, "-c", "import os; os._exit(0)"),
    },
  ];
}

async function javaScript(): Promise<Candidate[]> {
  const outfile = join(BUILT, "handler.cjs");
  await build({
    entryPoints: [here("node/handler.ts")],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    mainFields: ["module", "main"],
    logLevel: "warning",
  });
  return [
    {
      name: "JavaScript SDK in the handler, in parallel",
      command: () => [process.execPath, outfile],
      interpreter: idle("Node", process.execPath, "-e", "process.exit()"),
    },
  ];
}

function toCandidate({ name, command }: Peer): Candidate {
  return { name, command: () => ["sh", "-c", command] };
}

const BUILT = join(CACHE, "bench");

function here(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
