// Endpoints that misbehave, each in a way of its own. All listen on loopback, and hold the canary in every secret and parameter.

import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { Worker } from "node:worker_threads";
import { CANARY } from "./canary.ts";
import { makeCertificate } from "./certificate.ts";
import { freePort } from "./free-port.ts";
import { serve } from "./store.ts";

/** An address to fetch from, with the variables that belong to it. */
export type Endpoint = { url: string; env?: Record<string, string>; close(): void };

export type Provoke = () => Promise<Endpoint>;

const ANSWERS: Record<string, string> = {
  "secretsmanager.GetSecretValue": JSON.stringify({ Name: "prod/db", SecretString: CANARY }),
  "AmazonSSM.GetParameters": JSON.stringify({
    Parameters: [{ Name: "/prod/db", Value: CANARY }],
    InvalidParameters: [],
  }),
  "AmazonSSM.GetParametersByPath": JSON.stringify({ Parameters: [{ Name: "/prod/app/key", Value: CANARY }] }),
};

/** What there is, for the operation that is asked for. */
function answerTo({ headers }: IncomingMessage): string {
  return ANSWERS[String(headers["x-amz-target"])] ?? "";
}

export const healthy: RequestListener = (request, response) => response.writeHead(200).end(answerTo(request));
export const silent: RequestListener = () => {};
export const closing: RequestListener = ({ socket }) => socket.destroy();

/** One error of the service. */
export function error(type: string, message: unknown, status = 400): RequestListener {
  return (_, response) => response.writeHead(status).end(JSON.stringify({ __type: type, message }));
}

/** One answer with this body, or with what becomes of the right one. */
export function body(text: string | ((whole: string) => string | Uint8Array)): RequestListener {
  return (request, response) => response.writeHead(200).end(typeof text === "string" ? text : text(answerTo(request)));
}

/** One answer during this time from the first request on, then another. */
export function during(ms: number, first: RequestListener, then: RequestListener): RequestListener {
  let end: number | undefined;
  return (...exchange) => {
    end ??= performance.now() + ms;
    return (performance.now() < end ? first : then)(...exchange);
  };
}

/** The same answer after this time. */
export function late(ms: number, answer: RequestListener): RequestListener {
  return (...exchange) => setTimeout(answer, ms, ...exchange);
}

/** Answers in turn, of which the last stays; any secret but `prod/db` is there. */
export function answering(...answers: RequestListener[]): Provoke {
  return async () => {
    let turn = 0;
    return await serve(async (request, response) => {
      const { SecretId = "prod/db" } = (await json(request)) as { SecretId?: string };
      const answer = SecretId === "prod/db" ? answers[Math.min(turn++, answers.length - 1)] : healthy;
      answer?.(request, response);
    });
  };
}

/** A service whose clock is ahead of this machine's, or behind: it refuses what is more than five minutes off. */
export function clockOff(minutes: number): RequestListener {
  return (request, response) => {
    const now = new Date(Date.now() + minutes * 60_000);
    const signed = String(request.headers["x-amz-date"]);
    const off = Math.abs(now.getTime() - parseDate(signed)) / 60_000;
    response.setHeader("date", now.toUTCString());
    if (off < 5) return healthy(request, response);
    const what = minutes > 0 ? "expired: " : "not yet current: ";
    return error("InvalidSignatureException", `Signature ${what}${signed}`)(request, response);
  };
}

function parseDate(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

export function overTls({ url = "https://localhost", caFile, ...dates }: TlsOptions = {}): Provoke {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), "tls-"));
    const certificate = makeCertificate(folder, dates);
    const server = await serve(healthy, certificate);
    const close = () => {
      server.close();
      rmSync(folder, { recursive: true });
    };
    const env = { AWS_CA_BUNDLE: caFile ?? certificate.caFile };
    return { url: `${url}:${new URL(server.url).port}`, env, close };
  };
}

/** `caFile` is empty for the public authorities. */
type TlsOptions = { url?: string; caFile?: string; from?: string; to?: string };

/** Speaks plain HTTP where TLS is expected. */
export async function plainHttp(): Promise<Endpoint> {
  const { url, close } = await serve(healthy);
  return { url: url.replace("http:", "https:"), close };
}

/** An address of which the test knows what is there. */
export function address(url: string): Provoke {
  return async () => ({ url, close() {} });
}

export async function refusing(): Promise<Endpoint> {
  return { url: `http://127.0.0.1:${await freePort()}`, close() {} };
}

/** Accepts connections and says nothing. */
export async function silentAtHandshake(): Promise<Endpoint> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on("error", () => {})));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** Listens without accepting: once its queue is full, the kernel leaves further connections without an answer. */
export async function fullBacklog(): Promise<Endpoint> {
  const worker = new Worker(LISTEN_AND_BLOCK, { eval: true });
  const port = await new Promise<number>((resolve) => worker.once("message", resolve));
  const queued = Array.from({ length: 4 }, () => connect(port, "127.0.0.1").on("error", () => {}));
  await new Promise<void>((resolve) => queued[0]?.once("connect", resolve));
  const close = () => {
    for (const socket of queued) socket.destroy();
    void worker.terminate();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

const LISTEN_AND_BLOCK = `
const server = require("node:net").createServer();
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
  require("node:worker_threads").parentPort.postMessage(server.address().port);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** Begins its answer and never ends it, without or with a byte now and then. */
export function unfinished(everyMs?: number): RequestListener {
  return (request, response) => {
    response.writeHead(200).write(answerTo(request).slice(0, -10));
    if (everyMs === undefined) return;
    const timer = setInterval(() => response.write(" "), everyMs);
    response.once("close", () => clearInterval(timer));
  };
}

/** Promises a whole answer, and closes after half of it. */
export function cutShort(request: IncomingMessage, response: ServerResponse): void {
  const answer = answerTo(request);
  response.writeHead(200, { "content-length": answer.length });
  response.write(answer.slice(0, -10), () => response.destroy());
}

export function endless(bytes: number): RequestListener {
  return (request, response) => {
    const chunk = Buffer.from(answerTo(request).repeat(1000));
    const chunks = Array.from({ length: Math.ceil(bytes / chunk.length) }, () => chunk);
    Readable.from(chunks).pipe(response.writeHead(200));
  };
}
