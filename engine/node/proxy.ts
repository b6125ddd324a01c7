import { once } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import { isIP, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import type { HttpProxy } from "../../core/host/engine-api.ts";
import { follow, hostOf, type State } from "./phase.ts";

export type Options = https.RequestOptions & { signal: AbortSignal };

/** TLS to the host of an https URL, by CONNECT. It is not kept, unlike the engine's. */
export async function openTunnel(url: string, proxy: HttpProxy, options: Options, state: State): Promise<TLSSocket> {
  const { hostname, port } = new URL(url);
  const socket = await connectTo(`${hostname}:${port || 443}`, proxy, options, state);
  state.phase = "handshake";
  const host = hostOf(url);
  const tls = connect({
    socket,
    host,
    ...(!isIP(host) && { servername: host }),
    ...(options.ca && { ca: options.ca }),
  });
  options.signal.addEventListener("abort", () => tls.destroy());
  await once(tls, "secureConnect", { signal: options.signal });
  return tls;
}

function connectTo(target: string, proxy: HttpProxy, { ca, signal }: Options, state: State): Promise<Socket> {
  const headers = { host: target, ...proxyHeaders(proxy) };
  const options = { method: "CONNECT", path: target, headers, signal, agent: false as const, ...(ca && { ca }) };
  return new Promise((resolve, reject) => {
    state.phase = "lookup";
    const request = clientOf(proxy.url).request(proxy.url, options);
    request.on("error", reject);
    request.on("socket", (socket) => follow(socket, proxy.url, state, "proxy", "proxy"));
    request.on("connect", ({ statusCode = 0 }, socket: Socket) => {
      if (statusCode >= 200 && statusCode < 300) return resolve(socket);
      socket.destroy();
      reject(Object.assign(new Error("the proxy refused"), { code: "ERR_PROXY_TUNNEL", status: statusCode }));
    });
    request.end();
  });
}

/** For a request that the proxy itself answers. */
export function throughProxy(url: string, proxy: HttpProxy, options: Options): Options {
  const { host, href } = new URL(url);
  return { ...options, path: href, headers: { host, ...options.headers, ...proxyHeaders(proxy) } };
}

function proxyHeaders({ authorization }: HttpProxy): Record<string, string> {
  return authorization === undefined ? {} : { "proxy-authorization": authorization };
}

export function clientOf(url: string): typeof http | typeof https {
  return url.startsWith("https:") ? https : http;
}
