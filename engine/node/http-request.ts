import { X509Certificate } from "node:crypto";
import * as http from "node:http";
import * as https from "node:https";
import { isIP, type Socket } from "node:net";
import type { HttpError, HttpRequest, HttpResponse } from "../../fetcher/engine.ts";

/** The engine's `httpRequest` on Node's own client: the same codes, the same phases. */
export async function httpRequest({ body, timeoutMs, ca, ...request }: HttpRequest): Promise<HttpResponse> {
  const signal = AbortSignal.timeout(Math.ceil(timeoutMs));
  const state: State = { phase: "ca" };
  try {
    if (ca !== undefined && request.url.startsWith("https:")) checkCa(ca);
    const response = await send(request.url, { ...request, signal, ...(ca && { ca }) }, body, state);
    return await read(response, state);
  } catch (error) {
    throw toHttpError(error, state, signal.aborted);
  }
}

type State = { phase: HttpError["phase"] };

/** Node leaves out what it cannot read. */
function checkCa(ca: string): void {
  const certificates = ca.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs);
  if (!certificates) throw new Error("no certificate in PEM form");
  for (const certificate of certificates) new X509Certificate(certificate);
}

function send(
  url: string,
  options: https.RequestOptions,
  body: string | undefined,
  state: State,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    state.phase = "request";
    const request = (url.startsWith("https:") ? https : http).request(url, options, resolve);
    state.phase = "lookup";
    request.on("error", (error) => {
      const again = request.reusedSocket && isClosed(error);
      if (again) send(url, { ...options, agent: false }, body, state).then(resolve, reject);
      else reject(error);
    });
    request.on("socket", (socket) => follow(socket, url, state));
    request.end(body);
  });
}

/** As by a server that had enough of a kept connection. */
function isClosed(error: Error): boolean {
  return ["ECONNRESET", "EPIPE"].includes((error as HttpError).code);
}

function follow(socket: Socket, url: string, state: State): void {
  // One that was kept has nothing of this before it.
  if (!socket.connecting) {
    state.phase = "response";
    return;
  }
  const { protocol, hostname } = new URL(url);
  if (isIP(hostname.replace(/^\[|\]$/g, ""))) state.phase = "connect";
  socket.once("lookup", () => {
    state.phase = "connect";
  });
  socket.once("connect", () => {
    state.phase = protocol === "https:" ? "handshake" : "response";
  });
  socket.once("secureConnect", () => {
    state.phase = "response";
  });
}

async function read(response: http.IncomingMessage, state: State): Promise<HttpResponse> {
  state.phase = "body";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw Object.assign(new Error("the body is too large"), { code: "ERR_BODY_TOO_LARGE" });
  }
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks) };
}

function toHttpError(error: unknown, { phase }: State, timedOut: boolean): HttpError {
  const { code, message } = error as HttpError;
  return Object.assign(new Error(message), { code: timedOut ? "ETIMEDOUT" : toCode(code, phase), phase });
}

/** Node's own codes, but for what it calls by others. */
function toCode(code: string | undefined, phase: HttpError["phase"]): string {
  if (phase === "ca") return "ERR_CA";
  if (phase === "request") return code && URL_CODES.includes(code) ? "ERR_INVALID_URL" : "ERR_INVALID_ARG_VALUE";
  if (code?.startsWith("HPE_")) return "HPE_INVALID_RESPONSE";
  if (code?.startsWith("ERR_SSL_")) return "EPROTO";
  return code ?? "EIO";
}

const URL_CODES = ["ERR_INVALID_URL", "ERR_INVALID_PROTOCOL"];
const MAX_BODY_BYTES = 4 << 20;
