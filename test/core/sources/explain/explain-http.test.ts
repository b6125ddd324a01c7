import { PARAMETER_STORE, SECRETS_MANAGER } from "../../../../core/config/service.ts";
import type { HttpError } from "../../../../core/host/engine-api.ts";
import { explainHttpError } from "../../../../core/sources/explain/explain-http.ts";
import { CANARY, expectNoCanary } from "../../../support/canary.ts";
import { expectProblem } from "../../expect-problems.ts";

function explain(code: string, phase: HttpError["phase"] = "response", host?: string, service = SECRETS_MANAGER) {
  const error: HttpError = Object.assign(new Error(CANARY), { code, phase, ...(host && { host }) });
  return explainHttpError(error, service, "eu-west-1", 2500);
}

it("names the service's own VPC endpoint and variable", () => {
  expect(explain("ENETUNREACH").remedy).toContain("interface endpoint for secretsmanager whose");
  expect(explain("ENETUNREACH", "connect", "h", PARAMETER_STORE).remedy).toContain("interface endpoint for ssm whose");
  expect(explain("ECONNREFUSED", "connect", "h", PARAMETER_STORE).remedy).toMatch(/AWS_ENDPOINT_URL_SSM\.$/);
});

it.each([
  ["ECONNREFUSED", "ConnectionRefused", /refused the connection/, /Nothing listens.*AWS_ENDPOINT_URL/],
  ["ENOTFOUND", "HostNotFound", /name cannot be resolved/, /DNS support.*private DNS/],
  ["EAI_AGAIN", "HostNotFound", /name cannot be resolved/, /DNS support.*private DNS/],
  ["EHOSTUNREACH", "NoRoute", /no route/, /interface endpoint.*NAT gateway/],
  ["ENETUNREACH", "NoRoute", /no route/, /interface endpoint.*NAT gateway/],
  ["ECONNRESET", "ConnectionClosed", /closed the connection/, /proxy, a firewall/],
  ["EPIPE", "ConnectionClosed", /closed the connection/, /proxy, a firewall/],
  ["EPROTO", "TlsFailed", /TLS handshake with the host failed/, /https, not http/],
  ["CERT_HAS_EXPIRED", "UntrustedServer", /certificate has expired/, /Renew.*clock/],
  ["CERT_NOT_YET_VALID", "UntrustedServer", /not valid yet/, /Renew.*clock/],
  ["CERT_REVOKED", "UntrustedServer", /was revoked/, /replace its certificate/],
  ["CERT_REJECTED", "UntrustedServer", /not acceptable/, /replace its certificate/],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "UntrustedServer", /another host name/, /host in AWS_ENDPOINT_URL/],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UntrustedServer", /unknown CA/, /AWS_CA_BUNDLE/],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "UntrustedServer", /unknown CA/, /AWS_CA_BUNDLE/],
  ["SELF_SIGNED_CERT_IN_CHAIN", "UntrustedServer", /unknown CA/, /AWS_CA_BUNDLE/],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "UntrustedServer", /unknown CA/, /AWS_CA_BUNDLE/],
  ["ERR_CA", "InvalidSetting", /AWS_CA_BUNDLE cannot be used/, /CA certificate in PEM form/],
  ["EAGAIN", "ConnectionFailed", /cannot create the threads/, /ulimit -u, ulimit -n/],
  ["EMFILE", "ConnectionFailed", /open the files/, /ulimit -u, ulimit -n/],
  ["ERR_BODY_TOO_LARGE", "InvalidAnswer", /larger than any valid response/, /AWS_ENDPOINT_URL/],
  ["HPE_INVALID_RESPONSE", "InvalidAnswer", /not HTTP/, /scheme, host and port/],
  ["EIO", "ConnectionFailed", /connection failed \(EIO\)/, /proxy, a firewall/],
])("%s means %s", (code, expected, cause, remedy) => {
  expectProblem(explain(code), expected, cause, remedy);
});

it.each<[HttpError["phase"], RegExp, RegExp]>([
  ["queue", /no connection became available/, /At most 20 calls.*SECRETS_TIMEOUT/],
  ["lookup", /name was not resolved/, /DNS support/],
  ["connect", /no connection was established/, /interface endpoint.*port 443.*NAT gateway/],
  ["handshake", /the TLS handshake did not finish/, /proxy, a firewall/],
  ["request", /did not respond/, /Health Dashboard.*SECRETS_TIMEOUT/],
  ["response", /connected host did not respond/, /Health Dashboard.*SECRETS_TIMEOUT/],
  ["body", /response did not end/, /Health Dashboard.*SECRETS_TIMEOUT/],
])("a time-out in phase %s says how far it came, and how long it was waited", (phase, cause, remedy) => {
  expectProblem(explain("ETIMEDOUT", phase), "Timeout", cause, remedy);
  expect(explain("ETIMEDOUT", phase).cause).toContain("within 2.5 s (SECRETS_TIMEOUT)");
});

it("tells the log the code, phase, host and Region, but not the error's own message", () => {
  const { detail } = explain("ECONNRESET", "handshake", "vpce-1.example");
  expect(detail).toBe("ECONNRESET (handshake) at vpce-1.example, for eu-west-1");
  expect(explain("EPIPE").detail).toBe("EPIPE (response) at Secrets Manager, for eu-west-1");
  expectNoCanary(explain("EMFILE"));
});

it.each(["ECONNREFUSED", "ETIMEDOUT", "ENOTFOUND", "EMFILE"])("%s is never taken for a missing secret", (code) => {
  expect(explain(code)).not.toHaveProperty("missing");
});
