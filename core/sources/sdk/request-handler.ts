import type { HttpHandlerOptions, HttpRequest } from "@smithy/types";
import type { NamedProxy } from "../../config/proxy.ts";
import type { Settings } from "../../config/settings.ts";
import { type HttpError, type HttpResponse, isHttpError } from "../../host/engine-api.ts";

/** How to reach a host, and whom to trust there. */
export type Connecting = Pick<Settings, "ca" | "proxyFor">;

/** Sends the SDK's requests through {@link httpRequest}, each with the timeout of its call. */
export function requestHandler(connecting: Connecting) {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    destroy() {},
    async handle(request: HttpRequest, { requestTimeout = 0 }: HttpHandlerOptions = {}) {
      const { status, headers, body } = await send(request, requestTimeout, connecting);
      const response = { statusCode: status, headers, body };
      if (!isUtf8(body)) throw Object.assign(new Error("the body is not UTF-8"), { $response: response });
      return { response };
    },
  };
}

async function send(
  { method, headers, body, ...target }: HttpRequest,
  timeoutMs: number,
  { ca, proxyFor }: Connecting,
): Promise<HttpResponse> {
  const url = toUrl(target);
  const named = proxyFor?.(url);
  try {
    if (named && !named.proxy) throw proxyError("ERR_PROXY_URL");
    const response = await httpRequest({
      method,
      url,
      headers,
      body: typeof body === "string" ? body : new TextDecoder().decode(body),
      timeoutMs,
      hedgeAfterMs: HEDGE_AFTER_MS,
      ...(ca !== undefined && { ca }),
      ...(named?.proxy && { proxy: named.proxy }),
    });
    // No service has this status: of an http URL the proxy itself is asked.
    if (named && response.status === 407) throw proxyError("ERR_PROXY_TUNNEL", 407);
    return response;
  } catch (error) {
    if (!isHttpError(error)) throw error;
    error.host = target.hostname;
    if (named) error.proxy = describeProxy(named);
    throw error;
  }
}

function proxyError(code: string, status?: number): HttpError {
  return Object.assign(new Error("no way through the proxy"), {
    code,
    phase: "proxy",
    ...(status && { status }),
  } as const);
}

function describeProxy({ variable, proxy }: NamedProxy): NonNullable<HttpError["proxy"]> {
  return { variable, address: proxy?.url.replace(/^.*\/\//, "") ?? "" };
}

/** For a connection or host that stalls. A service that takes less than three seconds gets one more request. */
const HEDGE_AFTER_MS = 1000;

/** The SDK decodes invalid UTF-8 to U+FFFD, which would silently change a value. */
function isUtf8(body: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(body);
    return true;
  } catch {
    return false;
  }
}

function toUrl({ protocol, hostname, port, path }: Omit<HttpRequest, "method" | "headers" | "body">): string {
  return `${protocol}//${hostname}${port ? `:${port}` : ""}${path}`;
}
