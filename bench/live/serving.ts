import { randomBytes } from "node:crypto";
import { TOKEN_HEADER } from "../../core/host/live-cache.ts";
import { LIVE_LAYER } from "../../layer/paths.ts";
import { freePort } from "../../test/support/free-port.ts";
import { startLive } from "../../test/support/live.ts";
import { startServer } from "../start-server.ts";
import { makeSecrets } from "../task.ts";
import type { Load, Report } from "./load.ts";
import { residentMb } from "./proc.ts";
import { startEngine, startNode, toFixed } from "./servers.ts";

/** What was measured of one server, by round. */
export type Served = { name: string; reports: Report[] };

export type Serving = {
  cache: Served;
  node: Served;
  engine: Served;
  /** The cache's, after the warm-up and at the end. */
  memory: { before: number; after: number };
};

/** Each server has its part of the requests in each round, in turn. */
export const ROUNDS = 5;
export const WARM_UP_REQUESTS = 10_000;
/** A function's session token has about so many characters. */
const TOKEN_LENGTH = 1000;

export async function measureServing(load: Load, requests: number, folder: string): Promise<Serving> {
  const secrets = makeSecrets(5);
  const [[name, body] = ["", ""]] = Object.entries(secrets);
  const store = await startServer({ secrets, options: {} });
  const token = randomBytes(TOKEN_LENGTH / 2).toString("hex");
  const names = Object.fromEntries(Object.keys(secrets).map((id) => [id, id]));
  const live = await startLive(LIVE_LAYER, store.url, names, { AWS_SESSION_TOKEN: token });
  const path = `/secrets/${name}`;
  const fixed = toFixed(await live.get(path, { headers: { [TOKEN_HEADER]: token } }));
  const order = { paths: [path], body, token };
  const node = await startNode(fixed);
  const engine = await startEngine(fixed, await freePort(), folder);
  try {
    const serving = {
      cache: { name: "The live cache", port: live.port, reports: [] as Report[] },
      node: { name: "Node's `http.createServer`, one fixed answer", port: node.port, reports: [] as Report[] },
      engine: { name: "The engine's, one fixed answer", port: engine.port, reports: [] as Report[] },
    };
    const servers = Object.values(serving);
    for (const { port } of servers) await load(port, { ...order, requests: WARM_UP_REQUESTS });
    const before = residentMb(live.process.pid ?? 0);
    for (let round = 0; round < ROUNDS; round++) {
      for (const { port, reports } of servers)
        reports.push(await load(port, { ...order, requests: Math.ceil(requests / ROUNDS) }));
    }
    return { ...serving, memory: { before, after: residentMb(live.process.pid ?? 0) } };
  } finally {
    await live.stop();
    for (const server of [node, engine, store]) server.stop();
  }
}
