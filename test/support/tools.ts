import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CACHE, ROOT } from "../../layer/paths.ts";
import { ensureVenv } from "../../layer/venv.ts";

const RUNTIMES = join(ROOT, "test", "runtimes");

/** The folder with the Python that has AWS's runtime client, moto_server and shellcheck. */
export function pythonTools(): string {
  return ensureVenv(join(RUNTIMES, "python", "requirements.txt"));
}

/** AWS's runtime client for Node: the file to run. */
export function nodeRuntimeClient(): string {
  const lock = readFileSync(join(RUNTIMES, "node", "package-lock.json"));
  const folder = join(CACHE, "runtimes", `node-${createHash("sha256").update(lock).digest("hex").slice(0, 16)}`);
  const finished = join(folder, "finished");
  if (!existsSync(finished)) {
    mkdirSync(folder, { recursive: true });
    for (const name of ["package.json", "package-lock.json"]) cpSync(join(RUNTIMES, "node", name), join(folder, name));
    // Its native part is compiled here.
    execFileSync("npm", ["ci", "--no-audit", "--no-fund"], {
      cwd: folder,
      stdio: ["ignore", 2, 2],
    });
    writeFileSync(finished, "");
  }
  return join(folder, "node_modules", "aws-lambda-ric", "index.mjs");
}
