// Usage: npm run check, with SECRETS (or SECRETS_FILE) set. Shows what a function with this configuration would find,
// with the credentials and Region that AWS's tools on this machine use: variables, profiles, single sign-on.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { LAYER, NODE_LAYER } from "../layer/paths.ts";

const wrapper = [LAYER, NODE_LAYER].map((layer) => `${layer}/wrapper`).find(existsSync) ?? "";
const { status } = spawnSync(wrapper, ["--check"], { env: await callersEnv(), stdio: "inherit" });
process.exitCode = status ?? 1;

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
