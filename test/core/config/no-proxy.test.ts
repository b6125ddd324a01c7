import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { bypassesProxy } from "../../../core/config/no-proxy.ts";
import { ROOT } from "../../../layer/paths.ts";
import { anyText } from "../any-text.ts";

function isDirect(url: string, noProxy: string): boolean {
  const { protocol, hostname, port } = new URL(url);
  return bypassesProxy(hostname, port || (protocol === "https:" ? "443" : "80"), noProxy);
}

/** As golang.org/x/net/http/httpproxy v0.49.0 answers. */
const AS_GO: [url: string, noProxy: string, isDirect: boolean][] = JSON.parse(
  readFileSync(join(ROOT, "test", "cases", "no-proxy.json"), "utf8"),
);

it.each(AS_GO)("%s with NO_PROXY=%j is reached without a proxy: %s", (url, noProxy, expected) => {
  expect(isDirect(url, noProxy)).toBe(expected);
});

it("has every address of a block, and no other", () => {
  const address = fc.nat(2 ** 32 - 1);
  const dotted = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
  fc.assert(
    fc.property(address, address, fc.nat(32), fc.boolean(), (base, other, bits, isNear) => {
      const free = 2 ** (32 - bits);
      const number = isNear ? Math.floor(base / free) * free + (other % free) : other;
      const isIn = Math.floor(base / free) === Math.floor(number / free);
      fc.pre(number >>> 24 !== 127);
      expect(bypassesProxy(dotted(number), "443", `${dotted(base)}/${bits}`)).toBe(isIn);
      expect(bypassesProxy(`[::ffff:${dotted(number)}]`, "443", `${dotted(base)}/${bits}`)).toBe(isIn);
    }),
  );
});

it("has a domain with all below it, however it is written", () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/);
  fc.assert(
    fc.property(label, label, label, (below, name, end) => {
      for (const entry of [`${name}.${end}`, `.${name}.${end}`, `*.${name}.${end}`, ` ${name}.${end}:443 `, "*"]) {
        expect(bypassesProxy(`${below}.${name}.${end}`, "443", `x.invalid,${entry.toUpperCase()}`)).toBe(true);
      }
      expect(bypassesProxy(`${below}${name}.${end}`, "443", `${name}.${end}`)).toBe(false);
      expect(bypassesProxy(`${below}.${name}.${end}`, "443", `${name}.${end}:80`)).toBe(false);
    }),
  );
});

it("bears any text, and each entry for itself", () => {
  fc.assert(
    fc.property(anyText, anyText, fc.constantFrom("a.b", "10.0.0.1", "[2001:db8::1]"), (one, other, host) => {
      const together = bypassesProxy(host, "443", `${one},${other}`);
      expect(together).toBe(bypassesProxy(host, "443", one) || bypassesProxy(host, "443", other));
    }),
  );
});
