import { SECRETS_MANAGER } from "../../../../core/config/service.ts";
import type { HttpError } from "../../../../core/host/engine-api.ts";
import { explainHttpError } from "../../../../core/sources/explain/explain-http.ts";
import { explainProxyError } from "../../../../core/sources/explain/explain-proxy.ts";
import { CANARY, expectNoCanary } from "../../../support/canary.ts";
import { expectProblem } from "../../expect-problems.ts";

const PROXY = { address: "proxy.test:3128", variable: "https_proxy" };

function errorOf(code: string, phase: HttpError["phase"], status?: number): HttpError {
  return Object.assign(new Error(CANARY), {
    code,
    phase,
    host: "service.test",
    proxy: PROXY,
    ...(status && { status }),
  });
}

const explain = (...error: Parameters<typeof errorOf>) => explainProxyError(errorOf(...error), 2500);

it.each<[string, HttpError["phase"], string, RegExp, RegExp]>([
  ["ENOTFOUND", "lookup", "ProxyUnreachable", /host name cannot be resolved/, /DNS support.*service\.test.*NO_PROXY/],
  ["EAI_AGAIN", "lookup", "ProxyUnreachable", /host name cannot be resolved/, /DNS support/],
  ["ECONNREFUSED", "connect", "ProxyUnreachable", /refused the connection/, /proxy\.test:3128 in https_proxy/],
  ["EHOSTUNREACH", "connect", "ProxyUnreachable", /no route to the proxy/, /security groups/],
  ["ENETUNREACH", "connect", "ProxyUnreachable", /no route to the proxy/, /security groups/],
  ["ECONNRESET", "proxy", "ProxyFailed", /proxy closed the connection/, /log of the proxy proxy\.test:3128/],
  ["EPIPE", "proxy", "ProxyFailed", /proxy closed the connection/, /log of the proxy/],
  ["EPROTO", "proxy", "ProxyFailed", /TLS handshake with the proxy failed/, /http: in place of https:/],
  ["HPE_INVALID_RESPONSE", "proxy", "ProxyFailed", /not HTTP/, /Check the proxy/],
  ["CERT_HAS_EXPIRED", "proxy", "UntrustedServer", /certificate is not trusted \(CERT_HAS_EXPIRED\)/, /AWS_CA_BUNDLE/],
  ["SELF_SIGNED_CERT_IN_CHAIN", "proxy", "UntrustedServer", /proxy's certificate/, /AWS_CA_BUNDLE/],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "proxy", "UntrustedServer", /proxy's certificate/, /AWS_CA_BUNDLE/],
  [
    "ERR_PROXY_URL",
    "proxy",
    "InvalidSetting",
    /^https_proxy is not the URL/,
    /percent-encoded; SOCKS is not supported/,
  ],
])("%s in phase %s means %s", (code, phase, expected, cause, remedy) => {
  expectProblem(explain(code, phase), expected, cause, remedy);
});

it.each<[number, string, RegExp, RegExp]>([
  [302, "ProxyDenied", /denied .*status 302/, /Allow service\.test/],
  [403, "ProxyDenied", /denied .*status 403/, /Allow service\.test in the rules of the proxy proxy\.test:3128/],
  [407, "ProxyAuthentication", /requires authentication/, /user and password in https_proxy/],
  [429, "ProxyDenied", /denied .*status 429/, /Allow service\.test/],
  [502, "ProxyFailed", /could not connect to the service \(status 502\)/, /whether it can reach service\.test/],
])("status %s means %s", (status, expected, cause, remedy) => {
  expectProblem(explain("ERR_PROXY_TUNNEL", "proxy", status), expected, cause, remedy);
});

it.each<[HttpError["phase"], RegExp, RegExp]>([
  ["lookup", /host name was not resolved/, /DNS support/],
  ["connect", /no connection to the proxy/, /security groups/],
  ["proxy", /proxy established no connection/, /whether it can reach/],
])("a time-out in phase %s is the proxy's", (phase, cause, remedy) => {
  expectProblem(explain("ETIMEDOUT", phase), "Timeout", cause, remedy);
  expect(explain("ETIMEDOUT", phase)?.cause).toMatch(/ within 2\.5 s \(SECRETS_TIMEOUT\)$/);
});

it.each<[string, HttpError["phase"]]>([
  ["ETIMEDOUT", "handshake"],
  ["ETIMEDOUT", "response"],
  ["ECONNRESET", "body"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "handshake"],
  ["EMFILE", "connect"],
])("%s in phase %s is not the proxy's", (code, phase) => {
  expect(explain(code, phase)).toBeUndefined();
});

it("says nothing where there is no proxy", () => {
  const { proxy, ...direct } = errorOf("ECONNREFUSED", "connect");
  expect(explainProxyError(Object.assign(new Error(), direct), 2500)).toBeUndefined();
});

it("tells the log by which proxy, and the caller nothing of it", () => {
  const error = errorOf("ETIMEDOUT", "response");
  const { cause, detail } = explainHttpError(error, SECRETS_MANAGER, "eu-west-1", 2500);
  expect(detail).toBe("ETIMEDOUT (response) at service.test through the proxy proxy.test:3128, for eu-west-1");
  expect(cause).not.toContain("proxy.test");
  expect(explain("ECONNREFUSED", "connect")?.cause).not.toContain("proxy.test");
  expectNoCanary(explain("ECONNREFUSED", "connect"));
});
