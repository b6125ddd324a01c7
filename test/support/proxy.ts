// A forward proxy, as many VPCs have one: CONNECT for https URLs, whole URLs for http ones.

import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";

/** What a client asked the proxy for: "CONNECT host:port", or the method and the URL. */
export type Asked = { what: string; authorization?: string };

export type ForwardProxy = {
  /** Host and port. */
  address: string;
  asked: Asked[];
  /** How many connections clients have made. */
  connections(): number;
  close(): void;
};

export type ProxyOptions = {
  /** PEM; without it clients speak plain HTTP to the proxy. */
  tls?: { key: string; cert: string };
  /** What clients are answered, in turn, before anything is let through; 0 for nothing at all. */
  refusals?: number[];
};

/** Starts a proxy on loopback that takes every host for the server at `url`. */
export async function startProxy(url: string, { tls, refusals = [] }: ProxyOptions = {}): Promise<ForwardProxy> {
  const upstream = { host: "127.0.0.1", port: Number(new URL(url).port) };
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = tls ? createTlsServer(tls) : createServer();

  /** The refusal, if there is one. */
  function hear({ method, url, headers }: IncomingMessage): number | undefined {
    const authorization = headers["proxy-authorization"];
    asked.push({ what: `${method} ${url}`, ...(authorization && { authorization }) });
    return refusals.length > 1 ? refusals.shift() : refusals[0];
  }

  server.on("connection", (socket: Socket) => {
    connections++;
    follow(socket);
  });
  server.on("connect", (message, socket: Socket) => {
    const refusal = hear(message);
    if (refusal === 0) return;
    if (refusal) return socket.end(`HTTP/1.1 ${refusal} Refused\r\ncontent-length: 0\r\n\r\n`);
    const tunnel = follow(connect(upstream));
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    tunnel.pipe(socket).pipe(tunnel);
  });
  server.on("request", (message, response) => {
    const refusal = hear(message);
    if (refusal === 0) return;
    if (refusal) return response.writeHead(refusal).end();
    const { pathname, search } = new URL(message.url ?? "");
    const { method, headers } = message;
    const onward = request({ ...upstream, method, headers, path: `${pathname}${search}` }, (answer) => {
      answer.pipe(response.writeHead(answer.statusCode ?? 0, answer.headers));
    });
    message.pipe(onward);
  });

  function follow(socket: Socket): Socket {
    sockets.add(socket);
    return socket.on("error", () => socket.destroy()).once("close", () => sockets.delete(socket));
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  const address = `${tls ? "localhost" : "127.0.0.1"}:${(server.address() as AddressInfo).port}`;
  return { address, asked, connections: () => connections, close };
}
