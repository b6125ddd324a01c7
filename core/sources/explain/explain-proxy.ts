import type { Problem } from "../../fault/fault.ts";
import type { HttpError } from "../../host/engine-api.ts";

/**
 * Explains why a proxy gave no connection to the host; undefined where something else failed. Causes do not name the
 * proxy: the function's caller sees them.
 */
export function explainProxyError(error: HttpError, timeoutMs: number): Problem | undefined {
  const { code, phase, proxy, host = "the host", status } = error;
  if (!proxy) return undefined;
  const told = { ...proxy, host };
  if (code === "ERR_PROXY_URL") return unusable(told);
  const timeout = TIMEOUTS[phase];
  // Any other phase is behind the proxy.
  if (!timeout) return undefined;
  if (CERTIFICATE.test(code)) return untrusted(code, told);
  if (code === "ETIMEDOUT") return toProblem(timedOut(timeout, timeoutMs), told);
  const failure = status === undefined ? FAILURES[code] : refusal(status);
  return failure && toProblem(failure, told);
}

function toProblem({ remedy, ...failure }: Failure, told: Told): Problem {
  return { ...failure, remedy: remedy(told) };
}

function timedOut({ cause, remedy }: Omit<Failure, "code">, timeoutMs: number): Failure {
  return { code: "Timeout", cause: `${cause} within ${timeoutMs / 1000} s (SECRETS_TIMEOUT)`, remedy };
}

/** The proxy's host and port, the variable that names it, and the host that it was to connect to. */
type Told = { address: string; variable: string; host: string };

type Remedy = (told: Told) => string;
type Failure = { code: string; cause: string; remedy: Remedy };

const bypass: Remedy = ({ host }) => `If a VPC endpoint or NAT gateway leads to ${host}, add that host to NO_PROXY.`;
const address: Remedy = (told) => `Check the proxy ${told.address} in ${told.variable}. ${bypass(told)}`;
const dns: Remedy = (told) =>
  `Check the proxy ${told.address} in ${told.variable}, and the VPC's DNS support. ${bypass(told)}`;
const route: Remedy = (told) =>
  `Check the proxy ${told.address} in ${told.variable}, and that routes and security groups let the function reach it. ${bypass(told)}`;
const allow: Remedy = (told) =>
  `Allow ${told.host} in the rules of the proxy ${told.address} (${told.variable}). ${bypass(told)}`;
const log: Remedy = (told) =>
  `Check the log of the proxy ${told.address} (${told.variable}), and whether it can reach ${told.host}. ${bypass(told)}`;
const password: Remedy = ({ address, variable }) =>
  `Set user and password in ${variable}, as http://USER:PASSWORD@${address} with special characters percent-encoded; the proxy must accept Basic authentication.`;
const scheme: Remedy = ({ address, variable }) =>
  `If the proxy ${address} does not use TLS, begin the value of ${variable} with http: in place of https:.`;

/** By the phase that a request timed out in. */
const TIMEOUTS: Partial<Record<HttpError["phase"], Omit<Failure, "code">>> = {
  lookup: { cause: "the proxy's host name was not resolved", remedy: dns },
  connect: { cause: "no connection to the proxy was established", remedy: route },
  proxy: { cause: "the proxy established no connection to the service", remedy: log },
};

const unknownHost = { code: "ProxyUnreachable", cause: "the proxy's host name cannot be resolved", remedy: dns };
const noRoute = { code: "ProxyUnreachable", cause: "there is no route to the proxy", remedy: route };
const closed = { code: "ProxyFailed", cause: "the proxy closed the connection", remedy: log };

/** By Node's error codes. */
const FAILURES: Record<string, Failure> = {
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  ECONNREFUSED: { code: "ProxyUnreachable", cause: "the proxy refused the connection", remedy: address },
  ECONNRESET: closed,
  EPIPE: closed,
  EPROTO: { code: "ProxyFailed", cause: "the TLS handshake with the proxy failed", remedy: scheme },
  HPE_INVALID_RESPONSE: { code: "ProxyFailed", cause: "the proxy's response is not HTTP", remedy: address },
};

function refusal(status: number): Failure {
  if (status === 407) {
    return { code: "ProxyAuthentication", cause: "the proxy requires authentication (status 407)", remedy: password };
  }
  return status >= 500
    ? { code: "ProxyFailed", cause: `the proxy could not connect to the service (status ${status})`, remedy: log }
    : {
        code: "ProxyDenied",
        cause: `the proxy denied the connection to the service (status ${status})`,
        remedy: allow,
      };
}

const CERTIFICATE = /CERT|UNABLE_TO_VERIFY/;

function untrusted(code: string, { address, variable }: Told): Problem {
  return {
    code: "UntrustedServer",
    cause: `the proxy's certificate is not trusted (${code})`,
    remedy: `Check the proxy ${address} in ${variable}, and set AWS_CA_BUNDLE to a PEM file with the CAs of both the proxy and the service.`,
  };
}

/** The value may hold a password. */
function unusable({ variable }: Told): Problem {
  return {
    code: "InvalidSetting",
    cause: `${variable} is not the URL of an http or https proxy`,
    remedy:
      "Use for example http://proxy.example.com:3128, with special characters in user and password percent-encoded; SOCKS is not supported.",
  };
}
