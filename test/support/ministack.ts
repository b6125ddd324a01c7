import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { ROOT } from "../../layer/paths.ts";
import { ensureVenv } from "../../layer/venv.ts";
import { freePort } from "./free-port.ts";

export type Ministack = {
  url: string;
  /** The variables of a program that may do anything. */
  env: Record<string, string>;
  /** Calls an operation of a service, in botocore's words. A string `fileb://PATH` is a file's bytes, as in AWS's CLI. */
  ask<Answer>(service: string, operation: string, input: object): Promise<Answer>;
  /** The same with a role's permissions. */
  assumeRole(name: string): Promise<Record<string, string>>;
  /** What IAM's policy simulator says of a role: `allowed`, `explicitDeny` or `implicitDeny`. */
  simulate(role: string, action: string, resource: string): Promise<string>;
  /** Stores secrets, by name; gives their ARNs. */
  store(secrets: Record<string, string>): Promise<Record<string, string>>;
  stop(): void;
};

const TOOLS = join(ROOT, "test", "tools", "ministack");

/** Starts ministack, a model of AWS's services that evaluates IAM policies, on a free port of loopback. */
export async function startMinistack(): Promise<Ministack> {
  const programs = ministackTools();
  const url = `http://127.0.0.1:${await freePort()}`;
  const folder = mkdtempSync(join(tmpdir(), "ministack-"));
  const server = spawn(join(programs, "ministack"), {
    cwd: folder,
    stdio: "ignore",
    env: { ...process.env, ...settings(url) },
  });
  while (!(await answers(url))) {
    if (server.exitCode !== null) throw new Error(`ministack ended with status ${server.exitCode}`);
    await sleep(50);
  }
  const env = { AWS_ENDPOINT_URL: url, AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1", ...ROOT_KEY };
  const ask = createAsk(join(programs, "python"), env);
  return {
    url,
    env,
    ask,
    assumeRole: async (name) => {
      const { Credentials } = await ask("sts", "assume_role", { RoleArn: roleArn(name), RoleSessionName: "test" });
      return {
        ...env,
        AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
        AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
        AWS_SESSION_TOKEN: Credentials.SessionToken,
      };
    },
    simulate: async (role, action, resource) => {
      const input = { PolicySourceArn: roleArn(role), ActionNames: [action], ResourceArns: [resource] };
      return (await ask("iam", "simulate_principal_policy", input)).EvaluationResults[0].EvalDecision;
    },
    store: async (secrets) => {
      const arns: Record<string, string> = {};
      for (const [Name, SecretString] of Object.entries(secrets))
        arns[Name] = (await ask("secretsmanager", "create_secret", { Name, SecretString })).ARN;
      return arns;
    },
    stop: () => {
      server.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The folder of its programs. */
export function ministackTools(): string {
  return ensureVenv(join(TOOLS, "requirements.txt"));
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

/** Calls any service, with botocore, which ministack brings along. */
function createAsk(python: string, env: Record<string, string>) {
  return async (service: string, operation: string, input: object) => {
    const args = [join(TOOLS, "ask.py"), service, operation, JSON.stringify(input)];
    const { stdout } = await promisify(execFile)(python, args, { env: { ...process.env, ...env } });
    return JSON.parse(stdout);
  };
}

function roleArn(name: string): string {
  return `arn:aws:iam::000000000000:role/${name}`;
}
