import type { HttpHandlerOptions, HttpRequest } from "@smithy/types";
import { isHttpError } from "../../host/engine-api.ts";

/** Sends the SDK's requests through {@link httpRequest}, each with the timeout of its call. */
export function requestHandler(ca: string | undefined) {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    destroy() {},
    async handle(request: HttpRequest, { requestTimeout = 0 }: HttpHandlerOptions = {}) {
      const { status, headers, body } = await send(request, requestTimeout, ca);
      const response = { statusCode: status, headers, body };
      if (!isUtf8(body)) throw Object.assign(new Error("the body is not UTF-8"), { $response: response });
      return { response };
    },
  };
}

async function send({ method, headers, body, ...target }: HttpRequest, timeoutMs: number, ca: string | undefined) {
  try {
    return await httpRequest({
      method,
      url: toUrl(target),
      headers,
      body: typeof body === "string" ? body : new TextDecoder().decode(body),
      timeoutMs,
      hedgeAfterMs: HEDGE_AFTER_MS,
      ...(ca !== undefined && { ca }),
    });
  } catch (error) {
    if (!isHttpError(error)) throw error;
    error.host = target.hostname;
    throw error;
  }
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
