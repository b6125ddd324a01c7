import { spawn } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pythonTools } from "./tools.ts";

export type Moto = { url: string; stop(): void };

/** Starts moto, a model of AWS's services, on a free port of loopback. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(join(pythonTools(), "moto_server"), ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
  });
  while (!(await answers(url))) {
    if (server.exitCode !== null) throw new Error(`moto_server ended with status ${server.exitCode}`);
    await sleep(50);
  }
  return { url, stop: () => server.kill() };
}

async function answers(url: string): Promise<boolean> {
  return await fetch(`${url}/moto-api/data.json`).then(
    ({ ok }) => ok,
    () => false,
  );
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
