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
  close(): void;
};

export type ProxyOptions = {
  /** PEM; without it clients speak plain HTTP to the proxy. */
  tls?: { key: string; cert: string };
  /** The status that clients are answered with, in turn, of which the last stays: 200 lets through, 0 is silence. */
  answers?: number[];
};

/** Starts a proxy on loopback that takes every host for the server at `url`, if any. */
export async function startProxy(
  url: string | undefined,
  { tls, answers = [200] }: ProxyOptions = {},
): Promise<ForwardProxy> {
  const upstream = { host: "127.0.0.1", port: url ? Number(new URL(url).port) : 0 };
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  const server: Server = tls ? createTlsServer(tls) : createServer();

  function statusFor({ method, url, headers }: IncomingMessage): number {
    const authorization = headers["proxy-authorization"];
    asked.push({ what: `${method} ${url}`, ...(authorization && { authorization }) });
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? 200;
  }

  server.on("connection", follow);
  server.on("connect", (message, socket: Socket) => {
    const status = statusFor(message);
    if (status === 0) return;
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`);
    const tunnel = follow(connect(upstream));
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    tunnel.pipe(socket).pipe(tunnel);
  });
  server.on("request", (message, response) => {
    const status = statusFor(message);
    if (status === 0) return;
    if (status !== 200) return response.writeHead(status).end();
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
  return { address, asked, close };
}
