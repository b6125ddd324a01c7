// The live cache as a process, and a client of it.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { lambdaEnv } from "./run.ts";

export type LiveAnswer = { status: number; headers: IncomingHttpHeaders; body: string };

export type Client = (
  path: string,
  options?: { method?: string; headers?: Record<string, string> },
) => Promise<LiveAnswer>;

export type Live = {
  process: ChildProcess;
  port: number;
  get: Client;
  log(): string;
  /** Ends it, and gives its exit status. */
  stop(): Promise<number | null>;
};

/** What {@link lambdaEnv} has for a session token. */
export const TOKEN = "session-token";

/** Starts the cache of a layer by itself, without Lambda. */
export async function startLive(layer: string, storeUrl: string, secrets: unknown, more = {}): Promise<Live> {
  const port = await freePort();
  const env = { ...lambdaEnv(storeUrl, secrets), SECRETS_PORT: String(port), ...more };
  if (secrets === undefined) Reflect.deleteProperty(env, "SECRETS");
  const child = spawn(join(layer, "extensions", "secrets-wrapper"), [], { env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (chunk) => {
    log += chunk;
  });
  const ended = once(child, "close");
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const get = clientOf(port, agent);
  await untilAnswering(get, child);
  return {
    process: child,
    port,
    get,
    log: () => log,
    async stop() {
      agent.destroy();
      child.kill("SIGKILL");
      const [status] = await ended;
      return status;
    },
  };
}

/** A client with the function's token. */
export function clientOf(port: number, agent?: Agent): Client {
  return (path, { method = "GET", headers = {} } = {}) =>
    new Promise((resolve, reject) => {
      const own = { "x-aws-parameters-secrets-token": TOKEN, ...headers };
      const sent = request({ host: "127.0.0.1", port, path, method, headers: own, ...(agent && { agent }) });
      sent.on("error", reject);
      sent.on("response", async (response) => {
        try {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) });
        } catch (error) {
          reject(error);
        }
      });
      sent.end();
    });
}

async function untilAnswering(get: Client, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const answer = await get("/health").catch(() => undefined);
    if (answer) return;
    await sleep(10);
  }
  throw new Error(`the live cache ended with status ${child.exitCode}`);
}
