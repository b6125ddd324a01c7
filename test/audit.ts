// Usage: npm run audit. Fails where a dependency has a known vulnerability; says what could not be asked.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../layer/paths.ts";

type NpmReport = { error?: { summary?: string }; metadata?: { vulnerabilities: Record<string, number> } };

for (const folder of [".", "test/runtimes/node", "test/tools/package"])
  console.log(`npm packages of ${folder}: ${auditNpm(folder)}`);
for (const folder of ["engine", "bench/native", "bench/rust"])
  console.log(`crates of ${folder}: ${auditCargo(folder)}`);

function auditNpm(folder: string): string {
  const { stdout } = spawnSync("npm", ["audit", "--json"], { cwd: join(ROOT, folder), encoding: "utf8" });
  const { metadata, error }: NpmReport = JSON.parse(stdout || "{}");
  if (!metadata) return `not audited: ${error?.summary || "the registry gives no answer"}`;
  const { high = 0, critical = 0, total = 0 } = metadata.vulnerabilities;
  if (high + critical > 0) process.exitCode = 1;
  return `${total} known vulnerabilities, ${high + critical} of them high or critical`;
}

function auditCargo(folder: string): string {
  const options = { cwd: ROOT, encoding: "utf8" } as const;
  const { status, error, stdout, stderr } = spawnSync("cargo", ["audit", "--file", `${folder}/Cargo.lock`], options);
  if (error) return "not audited: there is no cargo on this machine";
  if (/no such command|couldn't fetch advisory database/.test(stderr)) return `not audited: ${stderr.split("\n")[0]}`;
  if (status === 0) return "no known vulnerabilities";
  process.exitCode = 1;
  return `known vulnerabilities\n${stdout}`;
}
