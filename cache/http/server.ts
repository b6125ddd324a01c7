import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Problem } from "../../core/fault/fault.ts";
import { failure, type Result, success } from "../../core/fault/result.ts";
import { type Answer, type Request, refusal } from "./answer.ts";

/** Answers at once where it can. */
export type Answerer = (request: Request) => Answer | Promise<Answer>;

/** Serves on loopback until it is closed. */
export function listen(port: number, answer: Answerer): Promise<Result<Server, Problem>> {
  const server = createServer(LIMITS, (request, response) => {
    try {
      const answered = answer(toRequest(request));
      if (answered instanceof Promise)
        answered.then(
          (done) => send(response, done),
          () => send(response, FAILED),
        );
      else send(response, answered);
    } catch {
      send(response, FAILED);
    }
  });
  server.maxConnections = MAX_CONNECTIONS;
  return new Promise((resolve) => {
    server.on("error", (error) => resolve(failure(portProblem(port, error))));
    server.listen({ port, host: "127.0.0.1", backlog: 512 }, () => resolve(success(server)));
  });
}

function toRequest({ method = "", url = "", headers }: IncomingMessage): Request {
  return { method, url, headers };
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const own = { "cache-control": "no-store", "content-length": Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...own });
  response.end(body);
}

/** Clients keep connections over a freeze: one that is closed meanwhile would fail their next request. */
const LIMITS = {
  maxHeaderSize: 16 << 10,
  headersTimeout: 10_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 3_600_000,
};
/** Lambda allows 1,024 open files for all processes of an environment. */
const MAX_CONNECTIONS = 500;

const FAILED = refusal(500, "InternalError", "This is a defect of secrets-wrapper: please report it.");

function portProblem(port: number, error: unknown): Problem {
  const { code } = error as { code?: string };
  if (code === "EADDRINUSE") {
    return {
      code: "PortInUse",
      cause: `port ${port} of 127.0.0.1 is in use`,
      remedy:
        "AWS's Parameters and Secrets Lambda Extension uses 2773, too: remove its layer, which this one replaces, or set SECRETS_PORT.",
    };
  }
  return {
    code: "PortInUse",
    cause: `port ${port} of 127.0.0.1 cannot be listened on (${code ?? "unknown error"})`,
    remedy: "Set SECRETS_PORT to another port.",
  };
}
