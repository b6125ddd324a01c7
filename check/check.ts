// Usage: npm run check, with SECRETS (or SECRETS_FILE) set. Shows what a function with this configuration would find,
// with the credentials and Region that AWS's tools on this machine use: variables, profiles, single sign-on.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildNodeLayer } from "../layer/tree.ts";
import { callersEnv } from "./callers-env.ts";

// The SDK is pinned: the Node that its next versions need is no concern of whoever checks.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

process.exitCode = await check(await callersEnv());

/** Runs the fetcher on Node, which takes no Rust, in a folder of its own: dist/ may be in use. */
async function check(env: NodeJS.ProcessEnv): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "secrets-wrapper-check-"));
  try {
    await buildNodeLayer(folder);
    return spawnSync(join(folder, "wrapper"), ["--check"], { env, stdio: "inherit" }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
