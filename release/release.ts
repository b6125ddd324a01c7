// Usage: npm run release -- X.Y.Z. Commits a new version with its changelog, and tags it; nothing is pushed.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../layer/paths.ts";
import { releaseChangelog } from "./changelog.ts";
import { git } from "./git.ts";
import { refusals, repositoryUrl } from "./refusals.ts";
import { filesOfVersion } from "./version-files.ts";

const [version = "", ...more] = process.argv.slice(2);
const { version: current } = JSON.parse(read("package.json"));

const faults = more.length > 0 ? ["It takes one version: npm run release -- 1.2.3."] : refusals(version, current);
if (faults.length > 0) {
  for (const fault of faults) console.error(fault);
  process.exitCode = 1;
} else {
  prepare();
  console.log(`v${version} is committed and tagged. Publish it: git push --atomic origin HEAD v${version}`);
}

function prepare(): void {
  const names = { version, previous: current, isPreviousTagged: git("tag", "--list", `v${current}`) !== "" };
  const today = new Date().toISOString().slice(0, 10);
  const files = {
    ...filesOfVersion(current, version, read),
    "CHANGELOG.md": releaseChangelog(read("CHANGELOG.md"), { ...names, date: today, url: repositoryUrl() }),
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(ROOT, file), text);
  // package.json and package-lock.json.
  execFileSync("npm", ["version", version, "--no-git-tag-version", "--ignore-scripts"], { cwd: ROOT });
  git("commit", "--quiet", "--all", "--message", `Release ${version}`);
  git("tag", "--annotate", `v${version}`, "--message", `secrets-wrapper ${version}`);
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}
