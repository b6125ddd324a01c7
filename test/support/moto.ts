import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { pythonTools } from "./tools.ts";

export type Moto = { url: string; stop(): void };

/** Starts moto, a model of AWS's services, on a free port of loopback. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(join(pythonTools(), "moto_server"), ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
  });
  while (!(await answers(url))) {
    if (server.exitCode !== null) throw new Error(`moto_server ended with status ${server.exitCode}`);
    await sleep(50);
  }
  return { url, stop: () => server.kill() };
}

/** For a client of the SDK. */
export function clientConfig(url: string, region = REGION) {
  return { endpoint: url, region, credentials: { accessKeyId: KEY, secretAccessKey: SECRET_KEY } };
}

/** For any other program that speaks with AWS. */
export function awsEnv(url: string): Record<string, string> {
  return { AWS_ENDPOINT_URL: url, AWS_REGION: REGION, AWS_ACCESS_KEY_ID: KEY, AWS_SECRET_ACCESS_KEY: SECRET_KEY };
}

const REGION = "eu-west-1";
const [KEY, SECRET_KEY] = ["key", "secret"];

async function answers(url: string): Promise<boolean> {
  return await fetch(`${url}/moto-api/data.json`).then(
    ({ ok }) => ok,
    () => false,
  );
}
