import type { HttpRequest } from "@smithy/types";
import type { Deadline } from "./deadline.ts";
import { isHttpError } from "./engine.ts";

/** The SDK's way out: its requests through {@link httpRequest}, none of them beyond the deadline. */
export function requestHandler(deadline: Deadline, caFile: string | undefined) {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    destroy() {},
    async handle(request: HttpRequest) {
      const { status, headers, body } = await send(request, deadline, caFile);
      return { response: { statusCode: status, headers, body } };
    },
  };
}

async function send({ method, headers, body, ...target }: HttpRequest, deadline: Deadline, caFile: string | undefined) {
  try {
    return await httpRequest({
      method,
      url: toUrl(target),
      headers,
      body: typeof body === "string" ? body : new TextDecoder().decode(body),
      timeoutMs: deadline.left(),
      ...(caFile && { caFile }),
    });
  } catch (error) {
    if (!isHttpError(error)) throw error;
    error.host = target.hostname;
    // The SDK tries again after a time-out, but this one is the end of all the time there is.
    if (error.code === "ETIMEDOUT") error.name = "AbortError";
    throw error;
  }
}

function toUrl({ protocol, hostname, port, path }: Omit<HttpRequest, "method" | "headers" | "body">): string {
  return `${protocol}//${hostname}${port ? `:${port}` : ""}${path}`;
}
