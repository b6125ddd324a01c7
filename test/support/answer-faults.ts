// What may be wrong with the answer, whichever service gives it.

import * as aws from "./aws-errors.ts";
import { CANARY } from "./canary.ts";
import * as at from "./fault-servers.ts";
import type { Target } from "./fault-targets.ts";
import type { AnswerFault } from "./faults.ts";

export function answerFaults(target: Target): AnswerFault[] {
  const internal = aws.internal(target);
  const { action, endpointVariable, noun, resource, service } = target;
  return [
    {
      name: "no response",
      answers: [at.silent],
      seconds: 1.5,
      says: "Timeout: the connected host did not respond within 1.5 s (SECRETS_TIMEOUT)",
      remedy: "raise SECRETS_TIMEOUT",
    },
    {
      name: "a response that hangs midway",
      answers: [at.unfinished()],
      seconds: 1.5,
      says: "Timeout: the response did not end within 1.5 s (SECRETS_TIMEOUT)",
      remedy: "raise SECRETS_TIMEOUT",
    },
    {
      name: "a response of one byte now and then",
      answers: [at.unfinished(50)],
      seconds: 1.5,
      says: "Timeout: the response did not end within 1.5 s (SECRETS_TIMEOUT)",
      remedy: "raise SECRETS_TIMEOUT",
    },
    {
      name: "a connection closed before the response",
      seconds: 1.5,
      answers: [at.closing],
      says: "ConnectionClosed: the host closed the connection before its response ended",
      remedy: "a proxy, a firewall",
    },
    {
      name: "a truncated response",
      seconds: 1.5,
      answers: [at.cutShort],
      says: "ConnectionClosed: the host closed the connection before its response ended",
      remedy: "a proxy, a firewall",
    },
    {
      name: "a response that is not HTTP",
      answers: [({ socket }) => socket.end("SSH-2.0-OpenSSH_9.6\r\n")],
      says: "InvalidAnswer: the host's response is not HTTP",
      remedy: `AWS_ENDPOINT_URL and ${endpointVariable}`,
    },
    {
      name: "a response in HTML",
      answers: [at.body((whole) => `<html>${whole}</html>`)],
      says: `InvalidAnswer: the response is not a valid ${service} response (status 200)`,
      remedy: `AWS_ENDPOINT_URL and ${endpointVariable}`,
    },
    {
      name: "a response of half a JSON document",
      answers: [at.body((whole) => whole.slice(0, -2))],
      says: `InvalidAnswer: the response is not a valid ${service} response (status 200)`,
      remedy: `AWS_ENDPOINT_URL and ${endpointVariable}`,
    },
    {
      name: "a response that is not UTF-8",
      answers: [at.body((whole) => Buffer.from(whole.replace(CANARY, `${CANARY}\xff`), "latin1"))],
      says: `InvalidAnswer: the response is not a valid ${service} response (status 200)`,
      remedy: `AWS_ENDPOINT_URL and ${endpointVariable}`,
    },
    {
      name: "a response without a value",
      answers: [at.body("{}")],
      says: "InvalidAnswer: the service's response contains no value",
      remedy: `${endpointVariable}, if set, are ${service} endpoints`,
    },
    {
      name: "a response that is not an object",
      answers: [at.body((whole) => JSON.stringify(whole))],
      says: "InvalidAnswer: the service's response contains no value",
      remedy: `${endpointVariable}, if set, are ${service} endpoints`,
    },
    {
      name: "a response with a value of the wrong type",
      answers: [at.body((whole) => whole.replace(`"${CANARY}"`, `{"value":"${CANARY}"}`))],
      says: "InvalidAnswer: the service's response contains no value",
      remedy: `${endpointVariable}, if set, are ${service} endpoints`,
    },
    {
      name: "a response of 100 MB",
      answers: [at.endless(100 << 20)],
      says: "InvalidAnswer: the response is larger than any valid response of the service",
      remedy: `AWS_ENDPOINT_URL and ${endpointVariable}`,
    },
    {
      name: "errors 500",
      seconds: 1.5,
      answers: [internal],
      says: `ServiceError: ${service} failed (status 500)`,
      remedy: "AWS Health Dashboard",
    },
    { name: "errors 500 that end after two", answers: [internal, internal, at.healthy] },
    { name: "errors 500 for two seconds", answers: [at.during(2000, internal, at.healthy)] },
    {
      name: "connections closed before the response that end after two",
      answers: [at.closing, at.closing, at.healthy],
    },
    { name: "one request that hangs", answers: [at.silent, at.healthy] },
    {
      name: "throttling",
      seconds: 1.5,
      answers: [aws.THROTTLING],
      says: `Throttled: ${service} throttled the requests`,
      remedy: `${service} allows `,
    },
    { name: "throttling that ends after two", answers: [aws.THROTTLING, aws.THROTTLING, at.healthy] },
    { name: "a clock one hour behind", answers: [at.clockOff(60)] },
    { name: "a clock one hour ahead", answers: [at.clockOff(-60)] },
    {
      name: "a clock that cannot be corrected",
      answers: [aws.SIGNATURE_EXPIRED],
      says: "ClockSkew: the service rejected the request's timestamp",
      remedy: "Correct the clock",
    },
    {
      name: "credentials that have expired",
      answers: [aws.EXPIRED_TOKEN],
      says: "ExpiredCredentials: the AWS credentials have expired",
      remedy: "sign in again",
    },
    {
      name: "credentials that do not exist",
      answers: [aws.UNKNOWN_TOKEN],
      says: "InvalidCredentials: the AWS credentials are not valid",
      remedy: "AWS_SECRET_ACCESS_KEY",
    },
    {
      name: "a wrong secret access key",
      answers: [aws.BAD_SIGNATURE],
      says: "InvalidCredentials: the AWS credentials are not valid",
      remedy: "AWS_SECRET_ACCESS_KEY",
    },
    {
      name: "no permission",
      answers: [aws.denied(target)],
      says: `AccessDenied: access to the ${noun} is denied`,
      remedy: `Allow ${action} on ${resource} to the function's role`,
    },
    {
      name: "no permission, and a message that is a number",
      answers: [at.error("AccessDeniedException", 7)],
      says: `AccessDenied: access to the ${noun} is denied`,
      remedy: `Allow ${action} on ${resource} to the function's role`,
    },
    {
      name: "a Deny in a policy",
      answers: [aws.denied(target, "with an explicit deny in a resource-based policy")],
      says: `AccessDenied: access to the ${noun} is denied by an explicit Deny in a policy`,
      remedy: `Remove the Deny of ${action} on ${resource} from the resource-based policy`,
    },
    {
      name: "no permission in the VPC endpoint's policy",
      answers: [aws.denied(target, `because no VPC endpoint policy allows the ${action} action`)],
      says: `AccessDenied: access to the ${noun} is denied`,
      remedy: `Allow ${action} on ${resource} in the VPC endpoint policy`,
    },
    {
      name: "no permission to use the key",
      answers: [aws.keyDenied(target)],
      says: `KmsAccessDenied: access to the ${noun}'s KMS key is denied`,
      remedy: `Allow kms:Decrypt on the ${noun}'s KMS key to the function's role`,
    },
    {
      name: "a key that is disabled",
      answers: [aws.keyDisabled(target)],
      says: `KmsAccessDenied: the ${noun} cannot be decrypted`,
      remedy: "is enabled and not pending deletion",
    },
    {
      name: "an endpoint of another Region",
      answers: [aws.WRONG_REGION],
      says: `WrongRegion: the endpoint is in a different Region than the ${noun}`,
      remedy: `correct ${endpointVariable} or AWS_ENDPOINT_URL, AWS_REGION, or the Region in the ${noun}'s ARN`,
    },
  ];
}
