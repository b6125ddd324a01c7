import type { Env } from "../host/env.ts";
import type { ProxyFor } from "./proxy.ts";

/** What finds the proxy of a URL, if the environment names any proxy. */
export async function loadProxy(env: Env): Promise<ProxyFor | undefined> {
  if (!NAMES.some((name) => env[name])) return undefined;
  // Loaded only here: most functions have none.
  const { proxyFor } = await import("./proxy.ts");
  return (url) => proxyFor(url, env);
}

const NAMES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
