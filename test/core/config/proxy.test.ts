import * as fc from "fast-check";
import { proxyFor } from "../../../core/config/proxy.ts";
import { CANARY, expectNoCanary } from "../../support/canary.ts";
import { anyText } from "../any-text.ts";

const URL_ = "https://secretsmanager.eu-west-1.amazonaws.com/";
const proxyOf = (value: string) => proxyFor(URL_, { HTTPS_PROXY: value })?.proxy;

it.each([
  ["http://proxy.test:3128", "http://proxy.test:3128"],
  ["proxy.test:3128", "http://proxy.test:3128"],
  ["proxy.test", "http://proxy.test:80"],
  ["http://proxy.test", "http://proxy.test:80"],
  ["http://proxy.test:80/path?query", "http://proxy.test:80"],
  ["HTTP://Proxy.Test:3128/", "http://proxy.test:3128"],
  ["https://proxy.test", "https://proxy.test:443"],
  ["https://proxy.test:80", "https://proxy.test:80"],
  ["10.0.0.1:3128", "http://10.0.0.1:3128"],
  ["localhost:3128", "http://localhost:3128"],
  ["http://[2001:db8::1]:3128", "http://[2001:db8::1]:3128"],
])("takes %s for %s", (value, url) => {
  expect(proxyOf(value)).toEqual({ url });
});

it.each([
  ["http://user:password@proxy.test:3128", "user:password"],
  ["user:password@proxy.test:3128", "user:password"],
  ["http://user@proxy.test:3128", "user:"],
  ["http://:password@proxy.test:3128", ":password"],
  ["http://us%40er:p%3Aa%2Fs%25s%C3%A9@proxy.test:3128", "us@er:p:a/s%sé"],
  ["http://user:p@ss:w0rd!@proxy.test:3128", "user:p@ss:w0rd!"],
])("takes user and password out of %s", (value, user) => {
  const authorization = `Basic ${Buffer.from(user).toString("base64")}`;
  expect(proxyOf(value)).toEqual({ url: "http://proxy.test:3128", authorization });
});

it("gives back any user and password that were percent-encoded", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1 });
  fc.assert(
    fc.property(text, text, (user, password) => {
      const { authorization = "" } =
        proxyOf(`http://${[user, password].map(encodeURIComponent).join(":")}@p.test`) ?? {};
      expect(Buffer.from(authorization.slice("Basic ".length), "base64").toString()).toBe(`${user}:${password}`);
    }),
  );
});

it.each([
  `socks5://user:${CANARY}@proxy.test:1080`,
  `ftp://${CANARY}`,
  `http://user:${CANARY}#@proxy.test`,
  `http://user:${CANARY}%@proxy.test`,
  `http://user:${CANARY}@proxy.test:port`,
  `http://${CANARY} proxy.test`,
  "http://",
])("knows of what is no proxy only the variable", (value) => {
  const named = proxyFor(URL_, { HTTPS_PROXY: value });
  expect(named).toEqual({ variable: "HTTPS_PROXY" });
  expectNoCanary(named);
});

it("bears any value", () => {
  fc.assert(
    fc.property(anyText, (value) => {
      const { variable, proxy } = proxyFor(URL_, { HTTPS_PROXY: `x${value}` }) ?? {};
      expect(variable).toBe("HTTPS_PROXY");
      if (proxy) expect(proxy.url).toMatch(/^https?:\/\/[^@]+:\d+$/);
    }),
  );
});

describe("the variable", () => {
  const upper = { HTTPS_PROXY: "upper:1", HTTP_PROXY: "upper:2" };
  const lower = { https_proxy: "lower:1", http_proxy: "lower:2" };
  const http = "http://service.test/";

  it.each([
    [URL_, { ...upper, ...lower }, "HTTPS_PROXY"],
    [URL_, { ...lower, HTTPS_PROXY: "" }, "https_proxy"],
    [URL_, { HTTP_PROXY: "upper:2", http_proxy: "lower:2", ALL_PROXY: "all:3" }, undefined],
    [http, { ...upper, ...lower }, "HTTP_PROXY"],
    [http, lower, "http_proxy"],
    [http, { HTTPS_PROXY: "upper:1", https_proxy: "lower:1" }, undefined],
    [http, { ...upper, ...lower, REQUEST_METHOD: "GET" }, undefined],
    [URL_, { ...upper, REQUEST_METHOD: "GET" }, "HTTPS_PROXY"],
    [URL_, { ...upper, NO_PROXY: ".amazonaws.com" }, undefined],
    [URL_, { ...upper, no_proxy: "amazonaws.com:443" }, undefined],
    [URL_, { ...upper, NO_PROXY: "", no_proxy: "*" }, undefined],
    [URL_, { ...upper, NO_PROXY: "x", no_proxy: "*" }, "HTTPS_PROXY"],
    [http, { ...upper, NO_PROXY: "service.test:80" }, undefined],
    [http, { ...upper, NO_PROXY: "service.test:443" }, "HTTP_PROXY"],
    ["https://localhost:4566/", upper, undefined],
    ["http://127.0.0.1:4566/", upper, undefined],
    ["https://[::1]/", upper, undefined],
    // Even where it is no proxy.
    [URL_, { HTTPS_PROXY: "socks5://x", NO_PROXY: "amazonaws.com" }, undefined],
  ])("of %s in %j is %s", (url, env, variable) => {
    expect(proxyFor(url, env)?.variable).toBe(variable);
  });
});
