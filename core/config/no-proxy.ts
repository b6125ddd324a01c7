import { isIpv4, isLoopback, parseIp } from "./ip.ts";

/**
 * Whether a host and port, as a URL has them, are reached without a proxy: this machine, and what NO_PROXY lists.
 * Its entries are those of Go: a domain with all below it, one that begins with a dot for only what is below,
 * an IP address, each also with a port, a block of addresses, or an asterisk for all.
 */
export function bypassesProxy(hostname: string, port: string, noProxy: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "");
  const ip = parseIp(host);
  if (host === "localhost" || (ip && isLoopback(ip))) return true;
  const entries = noProxy.split(",").map((entry) => entry.trim().toLowerCase());
  return entries.some((entry) => entry === "*" || matches(entry, { host, ip, port }));
}

type Target = { host: string; ip: number[] | undefined; port: string };

function matches(entry: string, { host, ip, port }: Target): boolean {
  const block = parseBlock(entry);
  if (block) return ip !== undefined && isInBlock(ip, block);
  const [, bracketed, plain, entryPort = ""] = WITH_PORT.exec(entry) ?? [undefined, undefined, entry];
  const name = bracketed ?? plain ?? "";
  if (entryPort && entryPort !== port) return false;
  const address = parseIp(name);
  if (address) return ip !== undefined && String(address) === String(ip);
  return ip === undefined && name !== "" && isUnder(host, name);
}

/** `example.com` is itself and what is below, `.example.com` and `*.example.com` only what is below. */
function isUnder(host: string, name: string): boolean {
  const domain = name.replace(/^\*(?=\.)/, "");
  return domain.startsWith(".") ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

type Block = { base: number[]; bits: number };

/** Such as 10.0.0.0/8. */
function parseBlock(entry: string): Block | undefined {
  const [, address = "", length = ""] = /^(.*)\/(\d+)$/.exec(entry) ?? [];
  const base = parseIp(address);
  if (!base) return undefined;
  const bits = Number(length) + (address.includes(":") ? 0 : 96);
  return bits <= 128 ? { base, bits } : undefined;
}

/** A block of IPv6 has no address of IPv4, even where that is in it as a mapped one. */
function isInBlock(ip: number[], { base, bits }: Block): boolean {
  if (isIpv4(ip) !== (isIpv4(base) && bits >= 96)) return false;
  return ip.every((byte, index) => {
    const free = Math.min(8, Math.max(0, 8 * (index + 1) - bits));
    return byte >> free === (base[index] ?? 0) >> free;
  });
}

/** An address of IPv6 is in brackets if there is a port. */
const WITH_PORT = /^(?:\[([^[\]]*)\]|([^[\]:]*)):([^[\]:]*)$/;
