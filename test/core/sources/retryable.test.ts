import { isThrottling, retryableError, statusOf } from "../../../core/sources/retryable.ts";

const http = (code: string) => Object.assign(new Error(code), { code, phase: "connect" });
const proxy = (status: number) => Object.assign(http("ERR_PROXY_TUNNEL"), { status });
const service = (name: unknown, status: number, rest = {}) =>
  Object.assign(new Error("x"), { name, $fault: "client", $metadata: { httpStatusCode: status }, ...rest });
const unreadable = (statusCode: number) => Object.assign(new SyntaxError("x"), { $response: { statusCode } });

it.each([
  ...["ECONNRESET", "EPIPE", "ECONNREFUSED", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN"].map(http),
  ...[429, 500, 502, 503, 504].map(proxy),
  service("InternalServiceError", 400),
  service("InternalServerError", 500),
  service("Odd", 503),
  service(undefined, 502),
  service("RequestTimeout", 400),
  service("InvalidSignatureException", 400, { $metadata: { httpStatusCode: 400, clockSkewCorrected: true } }),
  unreadable(503),
])("%p may succeed when it is tried again", (error) => {
  expect(retryableError(error)).toBe("transient");
});

it.each([
  service("ThrottlingException", 400),
  service("ThrottledException", 400),
  service("TooManyRequestsException", 400),
  service("Odd", 429),
  unreadable(429),
])("%p is throttling", (error) => {
  expect(retryableError(error)).toBe("throttled");
  expect(isThrottling(error)).toBe(true);
});

it.each([
  ...["ENOTFOUND", "CERT_HAS_EXPIRED", "EPROTO", "HPE_INVALID_RESPONSE", "ERR_BODY_TOO_LARGE", "ERR_CA"].map(http),
  ...[302, 403, 407].map(proxy),
  service("AccessDeniedException", 400),
  service("ResourceNotFoundException", 404),
  service("InvalidSignatureException", 400),
  unreadable(200),
  new TypeError("x"),
  undefined,
  null,
  "text",
])("%p fails in the same way again", (error) => {
  expect(retryableError(error)).toBeUndefined();
});

it("finds the status in an error of the service and in an answer that cannot be read", () => {
  expect([service("Odd", 503), unreadable(200), new Error("x"), undefined].map(statusOf)).toEqual([503, 200, 0, 0]);
});
