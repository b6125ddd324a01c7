// The npm package as users get it: packed, and installed in an empty folder.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt, runTool } from "../../layer/ensure-built.ts";
import { ROOT } from "../../layer/paths.ts";
import { copyOfCheckout } from "./checkout.ts";
import { filesOf } from "./once.ts";

/** Packed as by `npm pack`, once per content of what it is made of: the folder with the tarball and terraform-module.zip. */
export function packedPackage(): Packed {
  const sources = SOURCES.flatMap(filesOf).sort();
  const folder = ensureBuilt(
    join(ROOT, "package"),
    sources.map((path) => join("..", path)),
    (_, folder) => {
      // Not in this checkout, of which the tests use dist/.
      const { root, remove } = copyOfCheckout();
      runTool(root, "npm", ["pack", "--silent", "--pack-destination", folder]);
      cpSync(join(root, "dist", ARCHIVE), join(folder, ARCHIVE));
      remove();
    },
  );
  const [tarball = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  return { tarball: join(folder, tarball), archive: join(folder, ARCHIVE) };
}

/** Paths of the npm package's tarball and of the Terraform module's archive. */
export type Packed = { tarball: string; archive: string };

/** Installs the package in an empty folder, without a registry. Returns the folder. */
export function installPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), "installed-"));
  runTool(folder, "npm", ["install", "--silent", "--offline", "--no-audit", "--no-fund", packedPackage().tarball]);
  return folder;
}

/** What a command of an installed package prints: `npx lambda-secrets-wrapper …`. */
export function runInstalled(folder: string, args: string[]): string {
  const npx = ["--offline", "lambda-secrets-wrapper", ...args];
  return execFileSync("npx", npx, { cwd: folder, encoding: "utf8" });
}

const ARCHIVE = "terraform-module.zip";

const SOURCES = [
  ...["cache", "cdk", "cli", "core", "fetcher", "layer", "package", "policy", "terraform", "wrapper"],
  ...["engine/src", "engine/node", "engine/Cargo.toml", "engine/Cargo.lock", "rust-toolchain.toml"],
  ...["package.json", "package-lock.json", "tsconfig.json", "README.md", "LICENSE"],
];
