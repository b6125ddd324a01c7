import type { HttpProxy } from "../host/engine-api.ts";
import type { Env } from "../host/env.ts";
import { bypassesProxy } from "./no-proxy.ts";

/** The proxy of a URL, if it has one. */
export type ProxyFor = (url: string) => NamedProxy | undefined;

/** A proxy, and the variable that names it; only the variable where its value is not the URL of a proxy. */
export type NamedProxy = { variable: string; proxy?: HttpProxy };

/** As Go's net/http finds it, but a value that cannot be used is not passed over in silence. */
export function proxyFor(url: string, env: Env): NamedProxy | undefined {
  const { protocol, hostname, port } = new URL(url);
  // For a CGI program HTTP_PROXY is a header that any client may send.
  if (protocol === "http:" && env.REQUEST_METHOD) return undefined;
  const variable = VARIABLES[protocol]?.find((name) => env[name]);
  if (!variable) return undefined;
  const isDirect = bypassesProxy(hostname, port || (PORTS[protocol] ?? ""), env.NO_PROXY || env.no_proxy || "");
  return isDirect ? undefined : { variable, ...parseProxy(env[variable] ?? "") };
}

/** A URL, or no more than user, host and port. */
function parseProxy(value: string): { proxy?: HttpProxy } {
  try {
    const { protocol, hostname, port, username, password } = new URL(value.includes("://") ? value : `http://${value}`);
    const defaultPort = PORTS[protocol];
    if (!defaultPort || !hostname) return {};
    const url = `${protocol}//${hostname}:${port || defaultPort}`;
    if (!username && !password) return { proxy: { url } };
    const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return { proxy: { url, authorization: `Basic ${Buffer.from(user).toString("base64")}` } };
  } catch {
    // The error of a URL or of percent-encoding quotes the value.
    return {};
  }
}

const VARIABLES: Record<string, string[]> = {
  "https:": ["HTTPS_PROXY", "https_proxy"],
  "http:": ["HTTP_PROXY", "http_proxy"],
};
const PORTS: Record<string, string> = { "https:": "443", "http:": "80" };
