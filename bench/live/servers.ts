import { execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LIVE_LAYER } from "../../layer/paths.ts";
import { clientOf, type LiveAnswer } from "../../test/support/live.ts";

/** A server that gives one fixed answer to every request. */
export type Plain = { port: number; stop(): void };

/** What the cache itself sends, without what every server adds. */
export type Fixed = { headers: Record<string, unknown>; body: string };

export function toFixed({ headers, body }: LiveAnswer): Fixed {
  const own = Object.entries(headers).filter(([name]) => !["connection", "date", "keep-alive"].includes(name));
  return { headers: Object.fromEntries(own), body };
}

/** Node's `http.createServer`. */
export async function startNode(fixed: Fixed): Promise<Plain> {
  const child = fork(fileURLToPath(new URL("plain-server.ts", import.meta.url)), [JSON.stringify(fixed)]);
  const [port] = await once(child, "message");
  return { port, stop: () => child.disconnect() };
}

/** The live layer's engine, with the same program but for its port. */
export async function startEngine(fixed: Fixed, port: number, folder: string): Promise<Plain> {
  const engine = join(LIVE_LAYER, "secrets-wrapper", "engine");
  const source = join(folder, "plain-server.js");
  const program = join(folder, "plain-server.qbc");
  writeFileSync(source, plainServer(fixed, port));
  execFileSync(engine, ["compile", source, program], { stdio: ["ignore", "ignore", 2] });
  const child = spawn(engine, [program], { stdio: ["ignore", "ignore", "inherit"] });
  const get = clientOf(port);
  while (child.exitCode === null && !(await get("/").catch(() => undefined))) await new Promise(setImmediate);
  if (child.exitCode !== null) throw new Error("the engine's own server did not start");
  return { port, stop: () => child.kill("SIGKILL") };
}

function plainServer({ headers, body }: Fixed, port: number): string {
  return `
    import { createServer } from "node:http";
    const server = createServer({}, (_, response) => {
      response.writeHead(200, ${JSON.stringify(headers)});
      response.end(${JSON.stringify(body)});
    });
    server.listen({ port: ${port}, host: "127.0.0.1" }, () => {});
  `;
}
