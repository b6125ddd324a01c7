import { X509Certificate } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { HttpError, HttpProxy, HttpRequest, HttpResponse } from "../../core/host/engine-api.ts";
import { hedged } from "./hedge.ts";
import { follow, type Phase, type State } from "./phase.ts";
import { clientOf, type Options, openTunnel, throughProxy } from "./proxy.ts";

/** The engine's `httpRequest` on Node's own client: the same codes, the same phases. */
export async function httpRequest({ timeoutMs, hedgeAfterMs, ...request }: HttpRequest): Promise<HttpResponse> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), Math.min(Math.ceil(timeoutMs), MAX_TIMER_MS));
  try {
    return await hedged(hedgeAfterMs, controller.signal, (isFirst, onAnswer) =>
      send(request, { isFirst, signal: controller.signal, onAnswer }),
    );
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

type Try = { isFirst: boolean; signal: AbortSignal; onAnswer(hasBegun: boolean): void };

async function send(
  { url, body, ca, proxy, ...rest }: Omit<HttpRequest, "timeoutMs">,
  { isFirst, signal, onAnswer }: Try,
): Promise<HttpResponse> {
  const state: State = { phase: "ca" };
  try {
    if (ca !== undefined && url.startsWith("https:")) checkCa(ca);
    // Without an agent it is a connection of its own.
    const options = { ...rest, signal, ...(ca && { ca }), ...(!isFirst && { agent: false }) };
    const response = await (proxy ? exchangeBy(proxy, url, options, body, state) : exchange(url, options, body, state));
    onAnswer(true);
    return await read(response, state);
  } catch (error) {
    if (state.phase === "body") onAnswer(false);
    throw toHttpError(error, state, signal.aborted);
  }
}

/** Node leaves out what it cannot read. */
function checkCa(ca: string): void {
  const certificates = ca.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs);
  if (!certificates) throw new Error("no certificate in PEM form");
  for (const certificate of certificates) new X509Certificate(certificate);
}

/** Through a proxy. */
async function exchangeBy(proxy: HttpProxy, url: string, options: Options, body: string | undefined, state: State) {
  if (!url.startsWith("https:"))
    return await exchange(proxy.url, throughProxy(url, proxy, options), body, state, "proxy");
  const socket = await openTunnel(url, proxy, options, state);
  // An agent would make a connection of its own.
  return await exchange(url, { ...options, agent: undefined, createConnection: () => socket }, body, state);
}

function exchange(
  url: string,
  options: Options,
  body: string | undefined,
  state: State,
  handshake: Phase = "handshake",
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    state.phase = "request";
    const request = clientOf(url).request(url, options, resolve);
    state.phase = "lookup";
    request.on("error", (error) => {
      const again = request.reusedSocket && isClosed(error);
      if (again) exchange(url, { ...options, agent: false }, body, state, handshake).then(resolve, reject);
      else reject(error);
    });
    request.on("socket", (socket) => follow(socket, url, state, url.startsWith("https:") ? handshake : "response"));
    request.end(body);
  });
}

/** As by a server that had enough of a kept connection. */
function isClosed(error: Error): boolean {
  return ["ECONNRESET", "EPIPE"].includes((error as HttpError).code);
}

async function read(response: IncomingMessage, state: State): Promise<HttpResponse> {
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
  const { code, message, status } = error as HttpError;
  const failure = { code: timedOut ? "ETIMEDOUT" : toCode(code, phase), phase, ...(status && { status }) };
  return Object.assign(new Error(message), failure);
}

/** Node's own codes, but for what it calls by others. */
function toCode(code: string | undefined, phase: Phase): string {
  if (phase === "ca") return "ERR_CA";
  if (phase === "request") return code && URL_CODES.includes(code) ? "ERR_INVALID_URL" : "ERR_INVALID_ARG_VALUE";
  if (code?.startsWith("HPE_")) return "HPE_INVALID_RESPONSE";
  if (code?.startsWith("ERR_SSL_")) return "EPROTO";
  return code ?? "EIO";
}

const URL_CODES = ["ERR_INVALID_URL", "ERR_INVALID_PROTOCOL"];
const MAX_BODY_BYTES = 4 << 20;
const MAX_TIMER_MS = 2 ** 31 - 1;
