import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ROOT } from "../../layer/paths.ts";
import { ensureVenv } from "../../layer/venv.ts";
import { freePort } from "./free-port.ts";

export type Ministack = {
  url: string;
  /** The variables of a program that may do anything. */
  env: Record<string, string>;
  /** The same with a role's permissions. */
  assumeRole(name: string): Promise<Record<string, string>>;
  stop(): void;
};

/** Starts ministack, a model of AWS's services that evaluates IAM policies, on a free port of loopback. */
export async function startMinistack(): Promise<Ministack> {
  const program = join(ensureVenv(join(ROOT, "test", "tools", "ministack", "requirements.txt")), "ministack");
  const url = `http://127.0.0.1:${await freePort()}`;
  const folder = mkdtempSync(join(tmpdir(), "ministack-"));
  const server = spawn(program, { cwd: folder, stdio: "ignore", env: { ...process.env, ...settings(url) } });
  while (!(await answers(url))) {
    if (server.exitCode !== null) throw new Error(`ministack ended with status ${server.exitCode}`);
    await sleep(50);
  }
  const env = { AWS_ENDPOINT_URL: url, AWS_REGION: "eu-west-1", ...ROOT_KEY };
  return {
    url,
    env,
    assumeRole: (name) => assumeRole(name, env, folder),
    stop: () => {
      server.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

const ROOT_KEY = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

function settings(url: string): Record<string, string> {
  return { AUTH: "true", BIND_HOST: "127.0.0.1", GATEWAY_PORT: new URL(url).port, IOT_MTLS_ENABLED: "0" };
}

async function answers(url: string): Promise<boolean> {
  return await fetch(`${url}/_ministack/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** By a profile, as the SDK does it for its own calls. */
async function assumeRole(name: string, env: Record<string, string>, folder: string): Promise<Record<string, string>> {
  const file = join(folder, "config");
  writeFileSync(file, profiles(name, env));
  Object.assign(process.env, { AWS_CONFIG_FILE: file, AWS_ENDPOINT_URL: env.AWS_ENDPOINT_URL });
  const credentials = await new SecretsManagerClient({ profile: name }).config.credentials();
  return {
    ...env,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken ?? "",
  };
}

function profiles(role: string, env: Record<string, string>): string {
  const key = `aws_access_key_id = ${env.AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${env.AWS_SECRET_ACCESS_KEY}`;
  const assumed = `role_arn = arn:aws:iam::000000000000:role/${role}\nsource_profile = root`;
  return `[profile root]\n${key}\n[profile ${role}]\nregion = ${env.AWS_REGION}\n${assumed}\n`;
}
