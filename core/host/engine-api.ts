// The engine's own globals, besides those of the Web and of Node.

/** The parameter of {@link httpRequest}. */
export type HttpRequest = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** For everything: the queue, the lookup, the connection, the response to its last byte. */
  timeoutMs: number;
  /**
   * If no response has begun after this time, the request is sent once more on another connection, again after twice
   * that time, and so on: the first response counts.
   */
  hedgeAfterMs?: number;
  /** Certificates of the CAs to trust in place of the public ones, as a string in PEM format. */
  ca?: string;
  /** The way to the host. An https URL is reached by CONNECT, of an http URL the proxy itself is asked. */
  proxy?: HttpProxy;
};

/** An http or https URL of no more than host and port, and what Proxy-Authorization says. */
export type HttpProxy = { url: string; authorization?: string };

/** The parameter of {@link preconnect}. */
export type Preconnect = Pick<HttpRequest, "url" | "timeoutMs" | "ca" | "proxy"> & { connections: number };

export type HttpResponse = { status: number; headers: Record<string, string>; body: Uint8Array };

/** How {@link httpRequest} fails. */
export type HttpError = Error & {
  /** Node's name for it: ECONNREFUSED, ENOTFOUND, CERT_HAS_EXPIRED, ETIMEDOUT, … */
  code: string;
  /** The host of the request, if the sender set it. */
  host?: string;
  /** The proxy of the request, if the sender set it: host and port, and the environment variable that names it. */
  proxy?: { address: string; variable: string };
  /** What a proxy answered in place of a connection: ERR_PROXY_TUNNEL. */
  status?: number;
  /** The phase in which the request failed. Through a proxy, all until "proxy" concern the connection to it. */
  phase: "ca" | "request" | "queue" | "lookup" | "connect" | "proxy" | "handshake" | "response" | "body";
};

declare global {
  /** The engine's own function. A response of any status is a success. Rejects with an {@link HttpError}. */
  function httpRequest(request: HttpRequest): Promise<HttpResponse>;

  /**
   * The engine's own function. Opens connections for the next requests that go the same way, at most 20: they wait for
   * them, and fail as these do.
   */
  function preconnect(options: Preconnect): void;

  /** In place of /tmp, where this is not Lambda: an absolute path. */
  var temporaryFolder: string | undefined;

  namespace NodeJS {
    interface Process {
      /** As Node 22.15 has it: `args` begins with the program's own name. Returns only by throwing. */
      execve(file: string, args: string[], env: Record<string, string | undefined>): never;
    }
  }
}

export function isHttpError(error: unknown): error is HttpError {
  return error instanceof Error && "phase" in error && "code" in error;
}
