import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { TOKEN } from "../../test/support/live.ts";

/** What to send, and what to expect; load/main.go says more. */
export type Order = {
  paths: string[];
  /** Other than {@link TOKEN}. */
  token?: string;
  /** How many requests; without it they go on for so many seconds. */
  requests?: number;
  seconds?: number;
  /** What every answer must be; without it answers hold versions of so many secrets. */
  body?: string;
  secrets?: number;
};

/** What has come of it: latencies in microseconds, and how many answers were not as they should be. */
export type Report = {
  Requests: number;
  Seconds: number;
  P50: number;
  P99: number;
  Max: number;
  Refused: number;
  Wrong: number;
  Older: number;
  Versions: number;
};

export const CONNECTIONS = 50;

/** Sends requests to a port of loopback. Rejects where a single one is lost. */
export type Load = (port: number, order: Order) => Promise<Report>;

/** Builds the program that sends them into `folder`. Throws where there is no Go. */
export function buildLoad(folder: string): Load {
  const program = join(folder, "load");
  execFileSync("go", ["build", "-trimpath", "-o", program, "."], {
    cwd: fileURLToPath(new URL("load", import.meta.url)),
    env: { ...process.env, CGO_ENABLED: "0" },
    stdio: ["ignore", 2, 2],
  });
  return async (port, order) => {
    const all = { address: `127.0.0.1:${port}`, token: TOKEN, connections: CONNECTIONS, ...order };
    const child = spawn(program, [JSON.stringify(all)], { stdio: ["ignore", "pipe", "pipe"] });
    const ended = new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
    const [output, errors, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (status !== 0) throw new Error(`the load on port ${port} failed: ${errors.trim()}`);
    return JSON.parse(output);
  };
}
