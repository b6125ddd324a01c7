// Usage: npm run check, with SECRETS (or SECRETS_FILE) set. Shows what a function with this configuration would find,
// with the credentials and Region that AWS's tools on this machine use: variables, profiles, single sign-on.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { buildNodeLayer } from "../layer/tree.ts";

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

/** The environment, with what only a profile may say in it. */
async function callersEnv(): Promise<NodeJS.ProcessEnv> {
  const { config } = new SecretsManagerClient({});
  const region = await config.region().catch(() => undefined);
  const credentials = await config.credentials().catch(() => undefined);
  return {
    ...process.env,
    ...(region && { AWS_REGION: region }),
    ...(credentials && {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    }),
  };
}
