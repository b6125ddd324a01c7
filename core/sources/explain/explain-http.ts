import type { Service } from "../../config/service.ts";
import type { Cause } from "../../fault/fault.ts";
import type { HttpError } from "../../host/engine-api.ts";

/** Says in plain words why no answer came. `timeoutMs` is the time that there was for everything. */
export function explainHttpError(error: HttpError, service: Service, region: string, timeoutMs: number): Cause {
  const cause = error.code === "ETIMEDOUT" ? timeout(error, service, timeoutMs) : unreachable(error, service);
  return { ...cause, detail: `${error.code} (${error.phase}) at ${error.host ?? service.name}, for ${region}` };
}

function timeout({ phase }: HttpError, service: Service, timeoutMs: number): Cause {
  const { cause, remedy } = TIMEOUTS[phase] ?? NO_ANSWER;
  return { code: "Timeout", cause: `${cause} within ${timeoutMs / 1000} s (SECRETS_TIMEOUT)`, remedy: remedy(service) };
}

function unreachable({ code }: HttpError, service: Service): Cause {
  const failed = FAILURES[code] ?? {
    code: "ConnectionFailed",
    cause: `the connection failed (${code})`,
    remedy: middlebox,
  };
  return { ...failed, remedy: failed.remedy(service) };
}

type Remedy = (service: Service) => string;

const noRoute: Remedy = ({ prefix }) =>
  `In a VPC this usually is a missing route: add an interface endpoint for ${prefix} whose security group lets the function in on port 443, or a NAT gateway.`;
const dns = () =>
  "In a VPC turn on DNS support and, for an interface endpoint, private DNS names; check the Region and AWS_ENDPOINT_URL.";
const middlebox = () => "Look at what is between: a proxy, a firewall, the security group of a VPC endpoint.";
const queue = () =>
  "Twenty calls are made at a time: see what the others say, and if they only are slow raise SECRETS_TIMEOUT.";
const slow = () =>
  "The network lets the request through: look at the AWS Health Dashboard and at a proxy between, and raise SECRETS_TIMEOUT if it is short.";
const address: Remedy = ({ endpointVariable }) =>
  `Check AWS_ENDPOINT_URL and ${endpointVariable}: scheme, host and port.`;
const ca = () =>
  "Name the authority's PEM file in AWS_CA_BUNDLE if a proxy or an endpoint of your own is meant to be there; only the authorities in that file are then believed.";
const dates = () => "Renew that certificate; where it is AWS's own, set this machine's clock.";
const hostName: Remedy = ({ endpointVariable }) =>
  `Check the host in AWS_ENDPOINT_URL and ${endpointVariable}: it must be one of the certificate's.`;
const replace = () =>
  "Somebody else may be answering: look for a proxy between, and give an endpoint of your own another certificate.";

/** How far a request had come when the time was over. */
const TIMEOUTS: Partial<Record<HttpError["phase"], { cause: string; remedy: Remedy }>> = {
  queue: { cause: "no connection came free", remedy: queue },
  lookup: { cause: "the host's name was not resolved", remedy: dns },
  connect: { cause: "no connection could be made", remedy: noRoute },
  handshake: { cause: "TLS was not agreed", remedy: middlebox },
  body: { cause: "the answer did not end", remedy: slow },
};
const NO_ANSWER = { cause: "the connected host did not answer", remedy: slow };

type Failure = { code: string; cause: string; remedy: Remedy };

const untrusted = (cause: string, remedy: Remedy): Failure => ({ code: "UntrustedServer", cause, remedy });
const hostNotFound: Failure = { code: "HostNotFound", cause: "the host's name cannot be resolved", remedy: dns };
const unreachableHost: Failure = { code: "NoRoute", cause: "there is no route to the host", remedy: noRoute };
const closed: Failure = {
  code: "ConnectionClosed",
  cause: "the host closed the connection before its answer ended",
  remedy: middlebox,
};
const noResources: Failure = {
  code: "ConnectionFailed",
  cause: "this process may not create the threads or open the files that a connection needs",
  remedy: () => "Raise its limits (ulimit -u, ulimit -n); Lambda allows 1,024 of each.",
};
const unknownCa = untrusted("the server's certificate is from an unknown authority", ca);

/** By Node's error codes. */
const FAILURES: Record<string, Failure> = {
  ECONNREFUSED: {
    code: "ConnectionRefused",
    cause: "the host refused the connection",
    remedy: ({ endpointVariable }) =>
      `Nothing listens there: check host and port in AWS_ENDPOINT_URL and ${endpointVariable}.`,
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
    cause: "TLS could not be agreed with the host",
    remedy: () =>
      "Check that the address in AWS_ENDPOINT_URL speaks TLS (https, not http), and look for a proxy between.",
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
    remedy: () => "Each of them must be a CA certificate in PEM form: check the file with openssl x509 -text.",
  },
  ERR_BODY_TOO_LARGE: {
    code: "InvalidAnswer",
    cause: "the answer is far larger than the service's can be",
    remedy: address,
  },
  HPE_INVALID_RESPONSE: { code: "InvalidAnswer", cause: "the host's answer is not HTTP", remedy: address },
};
