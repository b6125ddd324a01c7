import type { LocatedReference } from "../../config/plan.ts";
import { serviceOf } from "../../config/service.ts";
import type { Problem } from "../../fault/fault.ts";
import type { ServiceError } from "./explain-service-error.ts";

/** Explains errors of the credentials or of the signature; undefined for other errors. */
export function explainCredentials(error: ServiceError, request: LocatedReference): Problem | undefined {
  return ROWS.find(({ when }) => when(error))?.explain(request);
}

type Row = { when(error: ServiceError): boolean; explain(request: LocatedReference): Problem };

/** The first matching row applies. */
const ROWS: Row[] = [
  // These two first: a wrong clock or Region has the error names of invalid credentials.
  { when: ({ name, message }) => CLOCK.test(message) || CLOCK_NAMES.test(name), explain: () => CLOCK_SKEW },
  { when: ({ message }) => REGION.test(message), explain: wrongRegion },
  { when: ({ name }) => EXPIRED.test(name), explain: () => EXPIRED_CREDENTIALS },
  { when: ({ name }) => REFUSED_CREDENTIALS.test(name), explain: () => INVALID_CREDENTIALS },
];

function wrongRegion(request: LocatedReference): Problem {
  const { noun, endpointVariable } = serviceOf(request);
  return {
    code: "WrongRegion",
    cause: `the endpoint is in a different Region than the ${noun}`,
    remedy: `The request was for ${request.region}: correct ${endpointVariable} or AWS_ENDPOINT_URL, AWS_REGION, or the Region in the ${noun}'s ARN.`,
  };
}

const CLOCK = /signature (?:expired|not yet current)/i;
const CLOCK_NAMES = /^Request(?:Expired|InTheFuture|TimeTooSkewed)$/;
const REGION = /credential should be scoped to a valid region/i;
const EXPIRED = /^ExpiredToken(?:Exception)?$/;
const REFUSED_CREDENTIALS =
  /^(?:UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature(?:Exception)?|MissingAuthenticationToken(?:Exception)?|AuthFailure|InvalidAccessKeyId)$/;
const CLOCK_SKEW: Problem = {
  code: "ClockSkew",
  cause: "the service rejected the request's timestamp",
  remedy:
    "Correct the clock of this machine. Inside Lambda the clock is right: check for a proxy or a custom endpoint.",
};
const EXPIRED_CREDENTIALS: Problem = {
  code: "ExpiredCredentials",
  cause: "the AWS credentials have expired",
  remedy: "Lambda renews them: check that nothing overrides them. Outside Lambda, sign in again.",
};
const INVALID_CREDENTIALS: Problem = {
  code: "InvalidCredentials",
  cause: "the AWS credentials are not valid",
  remedy:
    "Check that nothing overrides AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, and that the Region is enabled for the account.",
};
