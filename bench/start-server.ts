import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Order } from "./server.ts";

/** Starts a store in another process. */
export async function startServer(order: Order): Promise<{ url: string; stop(): void }> {
  const server = fork(fileURLToPath(new URL("server.ts", import.meta.url)));
  server.send(order);
  const [url] = await Promise.race([once(server, "message"), once(server, "exit").then(fail)]);
  return { url, stop: () => server.disconnect() };
}

function fail(): never {
  throw new Error("the server did not start");
}
