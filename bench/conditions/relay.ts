import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { lazy } from "../../core/host/memoize.ts";
import { CACHE } from "../../layer/paths.ts";

export type Relay = { url: string; stop(): void };

/** For reports. */
export const NOT_DELAYED =
  "The relay delays what connections carry, not TCP's handshake: over a network each new connection takes one more round trip.";

/**
 * Starts a process on 127.0.0.1 that forwards connections to the URL's host and port, each direction later by half of
 * `rttMs`. The URL that it gives differs in its port alone. Throws where there is no Go.
 */
export async function startRelay(targetUrl: string, rttMs: number): Promise<Relay> {
  const url = new URL(targetUrl);
  const child = spawn(builtRelay(), [url.host, `${rttMs}ms`], { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = await Promise.race([once(createInterface(child.stdout), "line"), once(child, "exit").then(fail)]);
  url.port = port;
  return { url: url.origin, stop: () => child.stdin.end() };
}

const builtRelay = lazy(() => {
  const program = join(CACHE, "bench", "relay");
  execFileSync("go", ["build", "-trimpath", "-o", program, "."], {
    cwd: fileURLToPath(new URL("relay", import.meta.url)),
    env: { ...process.env, CGO_ENABLED: "0" },
    stdio: ["ignore", 2, 2],
  });
  return program;
});

function fail(): never {
  throw new Error("the relay did not start");
}
