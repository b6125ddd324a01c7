import { SECRETS_MANAGER, type Service } from "../../config/service.ts";
import type { Cause } from "../../fault/fault.ts";
import type { HttpError } from "../../host/engine-api.ts";

/** Says in plain words why no answer came. `timeoutMs` is the time that there was for everything. */
export function explainHttpError(error: HttpError, service: Service, region: string, timeoutMs: number): Cause {
  const host = error.host ?? service.name;
  const { code, cause, remedy } = error.code === "ETIMEDOUT" ? timeout(error, timeoutMs) : unreachable(error);
  const detail = `${error.code} (${error.phase}) at ${host}, for ${region}`;
  return { code, cause, remedy: inTermsOf(service, remedy), detail };
}

/** The texts below are in those of Secrets Manager. */
function inTermsOf({ prefix, endpointVariable }: Service, text: string): string {
  return text.replace(SECRETS_MANAGER.endpointVariable, endpointVariable).replace(SECRETS_MANAGER.prefix, prefix);
}

function timeout({ phase }: HttpError, timeoutMs: number): Cause {
  const seconds = `within ${timeoutMs / 1000} s (SECRETS_TIMEOUT)`;
  if (phase === "queue") return { code: "Timeout", cause: `no connection came free ${seconds}`, remedy: QUEUE };
  if (phase === "connect")
    return { code: "Timeout", cause: `no connection could be made ${seconds}`, remedy: NO_ROUTE };
  if (phase === "lookup") return { code: "Timeout", cause: `the host's name was not resolved ${seconds}`, remedy: DNS };
  if (phase === "handshake") return { code: "Timeout", cause: `TLS was not agreed ${seconds}`, remedy: MIDDLEBOX };
  if (phase === "body") return { code: "Timeout", cause: `the answer did not end ${seconds}`, remedy: SLOW };
  return { code: "Timeout", cause: `the connected host did not answer ${seconds}`, remedy: SLOW };
}

function unreachable({ code }: HttpError): Cause {
  return CAUSES[code] ?? { code: "ConnectionFailed", cause: `the connection failed (${code})`, remedy: MIDDLEBOX };
}

const NO_ROUTE =
  "In a VPC this usually is a missing route: add an interface endpoint for secretsmanager whose security group lets the function in on port 443, or a NAT gateway.";
const DNS =
  "In a VPC turn on DNS support and, for an interface endpoint, private DNS names; check the Region and AWS_ENDPOINT_URL.";
const MIDDLEBOX = "Look at what is between: a proxy, a firewall, the security group of a VPC endpoint.";
const QUEUE =
  "Twenty calls are made at a time: see what the others say, and if they only are slow raise SECRETS_TIMEOUT.";
const SLOW =
  "The network lets the request through: look at the AWS Health Dashboard and at a proxy between, and raise SECRETS_TIMEOUT if it is short.";
const CA =
  "Name the authority's PEM file in AWS_CA_BUNDLE if a proxy or an endpoint of your own is meant to be there; only the authorities in that file are then believed.";
const DATES = "Renew that certificate; where it is AWS's own, set this machine's clock.";
const NAME =
  "Check the host in AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_SECRETS_MANAGER: it must be one of the certificate's.";
const REPLACE =
  "Somebody else may be answering: look for a proxy between, and give an endpoint of your own another certificate.";

const untrusted = (cause: string, remedy: string): Cause => ({ code: "UntrustedServer", cause, remedy });
const refused: Cause = {
  code: "ConnectionRefused",
  cause: "the host refused the connection",
  remedy: "Nothing listens there: check host and port in AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_SECRETS_MANAGER.",
};
const noHost: Cause = { code: "HostNotFound", cause: "the host's name cannot be resolved", remedy: DNS };
const noRoute: Cause = { code: "NoRoute", cause: "there is no route to the host", remedy: NO_ROUTE };
const closed: Cause = {
  code: "ConnectionClosed",
  cause: "the host closed the connection before its answer ended",
  remedy: MIDDLEBOX,
};
const noResources: Cause = {
  code: "ConnectionFailed",
  cause: "this process may not create the threads or open the files that a connection needs",
  remedy: "Raise its limits (ulimit -u, ulimit -n); Lambda allows 1,024 of each.",
};
const unknownCa = untrusted("the server's certificate is from an unknown authority", CA);
const unreadable: Cause = {
  code: "InvalidAnswer",
  cause: "the host's answer is not HTTP",
  remedy: "Check AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_SECRETS_MANAGER: scheme, host and port.",
};

/** By Node's error codes. */
const CAUSES: Record<string, Cause> = {
  ECONNREFUSED: refused,
  ENOTFOUND: noHost,
  EAI_AGAIN: noHost,
  EAGAIN: noResources,
  EMFILE: noResources,
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  ECONNRESET: closed,
  EPIPE: closed,
  EPROTO: {
    code: "TlsFailed",
    cause: "TLS could not be agreed with the host",
    remedy: "Check that the address in AWS_ENDPOINT_URL speaks TLS (https, not http), and look for a proxy between.",
  },
  CERT_HAS_EXPIRED: untrusted("the server's certificate has expired", DATES),
  CERT_NOT_YET_VALID: untrusted("the server's certificate is not valid yet", DATES),
  CERT_REVOKED: untrusted("the server's certificate was revoked", REPLACE),
  CERT_REJECTED: untrusted("the server's certificate is not acceptable", REPLACE),
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted("the server's certificate is for another host name", NAME),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownCa,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownCa,
  SELF_SIGNED_CERT_IN_CHAIN: unknownCa,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownCa,
  ERR_CA: {
    code: "InvalidSetting",
    cause: "the certificates in AWS_CA_BUNDLE cannot be used",
    remedy: "Each of them must be a CA certificate in PEM form: check the file with openssl x509 -text.",
  },
  ERR_BODY_TOO_LARGE: {
    code: "InvalidAnswer",
    cause: "the answer is far larger than the service's can be",
    remedy: unreadable.remedy,
  },
  HPE_INVALID_RESPONSE: unreadable,
};
