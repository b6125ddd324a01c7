import * as fc from "fast-check";
import { isIpv4, isLoopback, parseIp } from "../../../core/config/ip.ts";

const bytes = (length: number) => fc.array(fc.nat(255), { minLength: length, maxLength: length });
const groupsOf = (ip: number[]) =>
  Array.from({ length: 8 }, (_, index) => ((ip[2 * index] ?? 0) * 256 + (ip[2 * index + 1] ?? 0)).toString(16));

it("reads every address of IPv4, as the last four bytes", () => {
  fc.assert(
    fc.property(bytes(4), (ip) => {
      const parsed = parseIp(ip.join(".")) ?? [];
      expect(parsed.slice(12)).toEqual(ip);
      expect(isIpv4(parsed)).toBe(true);
      expect(parseIp(`::ffff:${ip.join(".")}`)).toEqual(parsed);
    }),
  );
});

it("reads every address of IPv6, in full and as URLs have it", () => {
  // Zeros are what is left out.
  const withZeros = fc.tuple(bytes(16), fc.nat(16), fc.nat(16)).map(([ip, from, to]) => [...ip].fill(0, from, to));
  fc.assert(
    fc.property(withZeros, (ip) => {
      const full = groupsOf(ip).join(":");
      expect(parseIp(full)).toEqual(ip);
      expect(parseIp(full.toUpperCase())).toEqual(ip);
      expect(parseIp(new URL(`http://[${full}]`).hostname.slice(1, -1))).toEqual(ip);
    }),
  );
});

it.each(["::", "::1", "1::", "1::8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "::1.2.3.4", "1:2:3:4:5:6:1.2.3.4"])(
  "reads %s",
  (text) => {
    expect(parseIp(text)).toHaveLength(16);
  },
);

it.each([
  ...["", ":", ":::", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.-4", "1.2.3.4 ", "a.b.c.d"],
  ...["1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "1:2:3:4::5:6:7:8", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:"],
  ...["::12345", "::g", "::1.2.3", "1.2.3.4::", "1:2:3:4:5:6:7:1.2.3.4", "[::1]", "fe80::1%eth0", "example.com"],
])("does not take %j for an address", (text) => {
  expect(parseIp(text)).toBeUndefined();
});

it.each([
  ["127.0.0.1", true],
  ["127.255.255.255", true],
  ["128.0.0.1", false],
  ["::1", true],
  ["::2", false],
  ["1::1", false],
  ["::ffff:127.0.0.1", true],
  ["::7f00:1", false],
])("%s is this machine: %s", (text, expected) => {
  expect(isLoopback(parseIp(text) ?? [])).toBe(expected);
});
