import type { Service } from "../../config/service.ts";
import type { Problem } from "../../fault/fault.ts";
import type { HttpError } from "../../host/engine-api.ts";
import { explainProxyError } from "./explain-proxy.ts";

/** Explains why there was no response. `timeoutMs` is the time limit for everything. */
export function explainHttpError(error: HttpError, service: Service, region: string, timeoutMs: number): Problem {
  const { code, phase, host = service.name, proxy } = error;
  const problem = explainProxyError(error, timeoutMs) ?? explainDirectError(error, service, timeoutMs);
  const way = proxy?.address ? ` through the proxy ${proxy.address}` : "";
  return { ...problem, detail: `${code} (${phase}) at ${host}${way}, for ${region}` };
}

function explainDirectError(error: HttpError, service: Service, timeoutMs: number): Problem {
  return error.code === "ETIMEDOUT" ? timeout(error, service, timeoutMs) : unreachable(error, service);
}

function timeout({ phase }: HttpError, service: Service, timeoutMs: number): Problem {
  const { cause, remedy } = TIMEOUTS[phase] ?? NO_ANSWER;
  return { code: "Timeout", cause: `${cause} within ${timeoutMs / 1000} s (SECRETS_TIMEOUT)`, remedy: remedy(service) };
}

function unreachable({ code }: HttpError, service: Service): Problem {
  const failed = FAILURES[code] ?? {
    code: "ConnectionFailed",
    cause: `the connection failed (${code})`,
    remedy: middlebox,
  };
  return { ...failed, remedy: failed.remedy(service) };
}

type Remedy = (service: Service) => string;

const noRoute: Remedy = ({ prefix }) =>
  `In a VPC the usual cause is a missing route: add an interface endpoint for ${prefix} whose security group allows the function on port 443, or a NAT gateway.`;
const dns = () =>
  "In a VPC, enable DNS support and, for an interface endpoint, private DNS names. Check the Region and AWS_ENDPOINT_URL.";
const middlebox = () => "Check the network path: a proxy, a firewall, the security group of a VPC endpoint.";
const queue = () =>
  "At most 20 calls run at a time: check the other errors, and if the calls are only slow, raise SECRETS_TIMEOUT.";
const slow = () =>
  "The connection works: check the AWS Health Dashboard and any proxy on the path, and raise SECRETS_TIMEOUT if it is short.";
const address: Remedy = ({ endpointVariable }) =>
  `Check AWS_ENDPOINT_URL and ${endpointVariable}: scheme, host and port.`;
const ca = () =>
  "If a proxy or a custom endpoint is expected there, set AWS_CA_BUNDLE to a PEM file with its CA; only CAs in that file are then trusted.";
const dates = () => "Renew that certificate. If it is AWS's own, correct the clock of this machine.";
const hostName: Remedy = ({ endpointVariable }) =>
  `Check the host in AWS_ENDPOINT_URL and ${endpointVariable}: the certificate must be valid for it.`;
const replace = () =>
  "Another server may have responded: check for a proxy, and if the endpoint is a custom one, replace its certificate.";

/** By the phase that a request timed out in. */
const TIMEOUTS: Partial<Record<HttpError["phase"], { cause: string; remedy: Remedy }>> = {
  queue: { cause: "no connection became available", remedy: queue },
  lookup: { cause: "the host name was not resolved", remedy: dns },
  connect: { cause: "no connection was established", remedy: noRoute },
  handshake: { cause: "the TLS handshake did not finish", remedy: middlebox },
  body: { cause: "the response did not end", remedy: slow },
};
const NO_ANSWER = { cause: "the connected host did not respond", remedy: slow };

type Failure = { code: string; cause: string; remedy: Remedy };

const untrusted = (cause: string, remedy: Remedy): Failure => ({ code: "UntrustedServer", cause, remedy });
const hostNotFound: Failure = { code: "HostNotFound", cause: "the host name cannot be resolved", remedy: dns };
const unreachableHost: Failure = { code: "NoRoute", cause: "there is no route to the host", remedy: noRoute };
const closed: Failure = {
  code: "ConnectionClosed",
  cause: "the host closed the connection before its response ended",
  remedy: middlebox,
};
const noResources: Failure = {
  code: "ConnectionFailed",
  cause: "this process cannot create the threads or open the files that a connection needs",
  remedy: () => "Raise its limits (ulimit -u, ulimit -n); Lambda allows 1,024 of each.",
};
const unknownCa = untrusted("the server's certificate is from an unknown CA", ca);

/** By Node's error codes. */
const FAILURES: Record<string, Failure> = {
  ECONNREFUSED: {
    code: "ConnectionRefused",
    cause: "the host refused the connection",
    remedy: ({ endpointVariable }) =>
      `Nothing listens there: check the host and port in AWS_ENDPOINT_URL and ${endpointVariable}.`,
  },
  ENOTFOUND: hostNotFound,
  EAI_AGAIN: hostNotFound,
  EAGAIN: noResources,
  EMFILE: noResources,
  EHOSTUNREACH: unreachableHost,
  ENETUNREACH: unreachableHost,
  ECONNRESET: closed,
  EPIPE: closed,
  EPROTO: {
    code: "TlsFailed",
    cause: "the TLS handshake with the host failed",
    remedy: () => "Check that the endpoint in AWS_ENDPOINT_URL uses TLS (https, not http), and check for a proxy.",
  },
  CERT_HAS_EXPIRED: untrusted("the server's certificate has expired", dates),
  CERT_NOT_YET_VALID: untrusted("the server's certificate is not valid yet", dates),
  CERT_REVOKED: untrusted("the server's certificate was revoked", replace),
  CERT_REJECTED: untrusted("the server's certificate is not acceptable", replace),
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted("the server's certificate is for another host name", hostName),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownCa,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownCa,
  SELF_SIGNED_CERT_IN_CHAIN: unknownCa,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownCa,
  ERR_CA: {
    code: "InvalidSetting",
    cause: "the certificates in AWS_CA_BUNDLE cannot be used",
    remedy: () => "Each of them must be a CA certificate in PEM format: check the file with openssl x509 -text.",
  },
  ERR_BODY_TOO_LARGE: {
    code: "InvalidAnswer",
    cause: "the response is larger than any valid response of the service",
    remedy: address,
  },
  HPE_INVALID_RESPONSE: { code: "InvalidAnswer", cause: "the host's response is not HTTP", remedy: address },
};
