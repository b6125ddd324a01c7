// What may be wrong with a proxy that the environment names: every entry is hit. The canary is the proxy's password.

import { CANARY } from "./canary.ts";
import * as at from "./fault-servers.ts";
import type { Fault } from "./faults.ts";
import { startProxy } from "./proxy.ts";

const BYPASS = "If a VPC endpoint or NAT gateway leads to service.test, add that host to NO_PROXY";

export const PROXY_FAULTS: Fault[] = [
  {
    name: "a proxy that refuses the connection",
    provoke: async () => behind(addressOf(await at.refusing())),
    seconds: 1.5,
    says: "ProxyUnreachable: the proxy refused the connection",
    remedy: BYPASS,
  },
  {
    name: "a proxy whose host name does not exist",
    provoke: async () => behind("proxy.invalid:3128"),
    says: "ProxyUnreachable: the proxy's host name cannot be resolved",
    remedy: "Check the proxy proxy.invalid:3128 in HTTPS_PROXY",
  },
  {
    name: "a proxy that hangs",
    provoke: async () => {
      const { url, close } = await at.fullBacklog();
      return { ...behind(addressOf({ url })), close };
    },
    seconds: 1.5,
    says: "Timeout: no connection to the proxy was established within 1.5 s (SECRETS_TIMEOUT)",
    remedy: "routes and security groups",
  },
  {
    name: "a proxy that does not answer",
    provoke: answeringWith(0),
    seconds: 1.5,
    says: "Timeout: the proxy established no connection to the service within 1.5 s (SECRETS_TIMEOUT)",
    remedy: "whether it can reach service.test",
  },
  {
    name: "a proxy that denies the service's host",
    provoke: answeringWith(403),
    says: "ProxyDenied: the proxy denied the connection to the service (status 403)",
    remedy: "Allow service.test in the rules of the proxy 127.0.0.1:",
  },
  {
    name: "a proxy that wants another password",
    provoke: answeringWith(407),
    says: "ProxyAuthentication: the proxy requires authentication (status 407)",
    remedy: "Set user and password in HTTPS_PROXY",
  },
  {
    name: "a proxy that cannot connect",
    provoke: answeringWith(502),
    seconds: 1.5,
    says: "ProxyFailed: the proxy could not connect to the service (status 502)",
    remedy: "whether it can reach service.test",
  },
  {
    name: "a proxy of another kind",
    provoke: async () => behind("127.0.0.1:1080", "socks5"),
    says: "InvalidSetting: HTTPS_PROXY is not the URL of an http or https proxy",
    remedy: "SOCKS is not supported",
  },
];

/** A service that only the proxy can find. */
function behind(address: string, scheme = "http") {
  return { url: "https://service.test", env: { HTTPS_PROXY: `${scheme}://user:${CANARY}@${address}` }, close() {} };
}

function addressOf({ url }: { url: string }): string {
  return new URL(url).host;
}

function answeringWith(...answers: number[]): at.Provoke {
  return async () => {
    const proxy = await startProxy(undefined, { answers });
    return { ...behind(proxy.address), close: proxy.close };
  };
}
