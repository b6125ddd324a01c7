import { readFileSync } from "node:fs";
import { join } from "node:path";
import semver from "semver";
import { ROOT } from "../layer/paths.ts";
import { unreleased } from "./changelog.ts";
import { git } from "./git.ts";

/** Says why this version cannot be released from this checkout: nothing where it can. */
export function refusals(version: string, current: string): string[] {
  const faults = [versionFault(version, current), tagFault(version), treeFault(), changelogFault(), originFault()];
  return faults.filter((fault) => fault !== undefined);
}

/** Says why this is no version, or none after the current one, if so. */
export function versionFault(version: string, current: string): string | undefined {
  if (semver.valid(version) !== version || semver.prerelease(version) !== null)
    return `"${version}" is no version. Three numbers are needed: npm run release -- 1.2.3.`;
  if (semver.gt(version, current)) return undefined;
  return `${version} is not higher than ${current}, the version of package.json.`;
}

/** The page of the remote `origin` on GitHub; empty where it is elsewhere. */
export function repositoryUrl(): string {
  const origin = git("config", "--default", "", "remote.origin.url");
  const [, path] = /github\.com[:/](.+?\/.+?)(?:\.git)?$/.exec(origin) ?? [];
  return path ? `https://github.com/${path}` : "";
}

function tagFault(version: string): string | undefined {
  return git("tag", "--list", `v${version}`) === ""
    ? undefined
    : `The tag v${version} exists. A version is released once.`;
}

function treeFault(): string | undefined {
  return git("status", "--porcelain") === ""
    ? undefined
    : "There are changes that are not committed. Commit or stash them.";
}

function changelogFault(): string | undefined {
  return unreleased(readFileSync(join(ROOT, "CHANGELOG.md"), "utf8")) === ""
    ? "CHANGELOG.md has nothing under Unreleased. Say there what has changed."
    : undefined;
}

function originFault(): string | undefined {
  return repositoryUrl() === ""
    ? "The remote origin is not a repository on GitHub, which CHANGELOG.md links to: git remote -v."
    : undefined;
}
