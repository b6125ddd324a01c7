import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CACHE } from "../../layer/paths.ts";
import { type Checkout, copyOfCheckout } from "./checkout.ts";

/**
 * Builds with these options in two checkouts at once, each in a folder of its own, with a cold target folder and other
 * paths to cargo's and rustup's folders, in different time zones. Returns the SHA256SUMS of both.
 */
export async function buildTwice(options: string[]): Promise<string[]> {
  const checkouts = ["Pacific/Kiritimati", "America/Los_Angeles"].map((TZ) => ({ ...copyOfCheckout(), TZ }));
  try {
    return await Promise.all(checkouts.map((checkout) => build(checkout, { TZ: checkout.TZ }, options)));
  } finally {
    for (const { remove } of checkouts) remove();
  }
}

async function build({ root, home, env }: Checkout, zone: { TZ: string }, options: string[]): Promise<string> {
  linkTools(home);
  const { CARGO_HOME: _, RUSTUP_HOME: __, ...inherited } = process.env;
  const command = ["run", "--silent", "build", "--", ...options];
  await promisify(execFile)("npm", command, { cwd: root, env: { ...inherited, ...env, ...zone } });
  return readFileSync(join(root, "dist", "SHA256SUMS"), "utf8");
}

/** What is only used to build: Rust, crates' sources, and the tools in this project's cache. */
function linkTools(home: string): void {
  const { CARGO_HOME = join(homedir(), ".cargo"), RUSTUP_HOME = join(homedir(), ".rustup") } = process.env;
  symlinkSync(CARGO_HOME, join(home, ".cargo"));
  symlinkSync(RUSTUP_HOME, join(home, ".rustup"));
  const cache = join(home, "lambda-secrets-wrapper");
  mkdirSync(cache);
  for (const name of ["tools", "venv"]) symlinkSync(join(CACHE, name), join(cache, name));
}
