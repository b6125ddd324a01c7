import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { zipLayer } from "../layer/zip.ts";
import { FUNCTIONS } from "./paths.ts";

/** Paths of packages by folder of functions/, and why others are missing. */
export type Packages = { packages: Record<string, string>; missing: string[] };

/** How a package is made, where it is more than its sources; and the program for that. */
const BUILDS: Record<string, { program: string; build: (folder: string) => [string, string[]] }> = {
  dotnet: {
    program: "dotnet",
    build: (folder) => ["dotnet", ["publish", FUNCTIONS("dotnet"), "--configuration", "Release", "--output", folder]],
  },
  java: {
    program: "javac",
    build: (folder) => ["javac", ["--release", "17", "-d", folder, join(FUNCTIONS("java"), "Handler.java")]],
  },
};

/** Makes the functions' packages in a folder, as far as this machine can. */
export function makePackages(folder: string): Packages {
  const made: Packages = { packages: {}, missing: [] };
  for (const name of ["dotnet", "java", "nodejs", "provided", "python", "ruby"]) {
    const program = BUILDS[name]?.program;
    if (program && spawnSync(program, ["--version"]).error) made.missing.push(`${name} (there is no ${program} here)`);
    else made.packages[name] = makePackage(folder, name);
  }
  return made;
}

function makePackage(folder: string, name: string): string {
  const content = join(folder, name);
  const zip = join(folder, `${name}.zip`);
  mkdirSync(content);
  const build = BUILDS[name]?.build(content);
  if (build) execFileSync(...build, { stdio: ["ignore", 2, 2] });
  else cpSync(FUNCTIONS(name), content, { recursive: true });
  zipLayer(content, zip);
  return zip;
}
