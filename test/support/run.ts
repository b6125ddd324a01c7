import { spawn } from "node:child_process";
import { buffer } from "node:stream/consumers";

/** How a program ended, and all that it wrote. */
export type Ended = {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: Buffer;
  stderr: string;
  pid: number;
  ms: number;
};

/** Runs a program to its end, with exactly these environment variables. */
export async function run(file: string, args: string[], env: Record<string, string>): Promise<Ended> {
  const started = performance.now();
  const child = spawn(file, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (...how) => resolve(how));
  });
  const [stdout, stderr, [status, signal]] = await Promise.all([buffer(child.stdout), buffer(child.stderr), ended]);
  return { status, signal, stdout, stderr: stderr.toString(), pid: child.pid ?? 0, ms: performance.now() - started };
}

/** The variables that every function has, for a store at `url`. */
export function lambdaEnv(url: string, secrets: unknown): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    AWS_SESSION_TOKEN: "session-token",
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_ENDPOINT_URL_SSM: url,
    // A start says nothing unless something is wrong.
    SECRETS_LOG_LEVEL: "WARN",
    SECRETS: typeof secrets === "string" ? secrets : JSON.stringify(secrets),
  };
}
