// Usage: dns-run.ts ENGINE PROGRAM.qbc TIMEOUT_MS HOST... Runs the program with the URLs of the hosts, where
// dns-server.ts answers for names, and prints what it printed and how often a name was asked for.

import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { serveDns } from "./dns-server.ts";

const [, , engine = "", program = "", timeoutMs = "", ...hosts] = process.argv;
const asked = await serveDns();
const server = createServer((_, response) => response.end("there"));
// Of both families.
server.listen(0, "::");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
const urls = hosts.map((host) => `http://${host}:${port}/`);
// As many at a time as one engine calls, so that none waits for another that hangs.
const shares = Array.from({ length: Math.ceil(urls.length / 20) }, (_, index) =>
  urls.slice(index * 20, index * 20 + 20),
);
const runs = await Promise.all(shares.map((share) => promisify(execFile)(engine, [program, timeoutMs, ...share])));
const outcomes = runs.flatMap(({ stdout }) => JSON.parse(stdout));
process.stdout.write(JSON.stringify({ outcomes, asked: asked.length }));
process.exit();
