// What may be wrong with the answer for one secret.

import * as aws from "./aws-errors.ts";
import * as at from "./fault-servers.ts";
import type { AnswerFault } from "./faults.ts";

export const ANSWER_FAULTS: AnswerFault[] = [
  {
    name: "no answer",
    answers: [at.silent],
    seconds: 1.5,
    says: "Timeout: the connected host did not answer within 1.5 s (SECRETS_TIMEOUT)",
  },
  {
    name: "an answer that hangs in its middle",
    answers: [at.unfinished()],
    seconds: 1.5,
    says: "Timeout: the answer did not end within 1.5 s (SECRETS_TIMEOUT)",
  },
  {
    name: "an answer of a byte now and then",
    answers: [at.unfinished(50)],
    seconds: 1.5,
    says: "Timeout: the answer did not end within 1.5 s (SECRETS_TIMEOUT)",
  },
  {
    name: "a connection closed before the answer",
    answers: [at.closing],
    says: "ConnectionClosed: the host closed the connection before its answer ended",
  },
  {
    name: "an answer cut short",
    answers: [at.cutShort],
    says: "ConnectionClosed: the host closed the connection before its answer ended",
  },
  {
    name: "an answer that is not HTTP",
    answers: [({ socket }) => socket.end("SSH-2.0-OpenSSH_9.6\r\n")],
    says: "InvalidAnswer: the host's answer is not HTTP",
  },
  {
    name: "an answer in HTML",
    answers: [at.body(`<html>${at.SECRET}</html>`)],
    says: "InvalidAnswer: the answer is not one of Secrets Manager's (status 200)",
  },
  {
    name: "an answer of half a JSON",
    answers: [at.body(at.SECRET.slice(0, -2))],
    says: "InvalidAnswer: the answer is not one of Secrets Manager's (status 200)",
  },
  {
    name: "an answer without a value",
    answers: [at.body("{}")],
    says: "InvalidAnswer: the service's answer holds no value",
  },
  {
    name: "an answer that is no object",
    answers: [at.body(JSON.stringify(at.SECRET))],
    says: "InvalidAnswer: the service's answer holds no value",
  },
  {
    name: "an answer with a value of the wrong type",
    answers: [at.body(`{"SecretString":${at.SECRET}}`)],
    says: "InvalidAnswer: the service's answer holds no value",
  },
  {
    name: "an answer of 100 MB",
    answers: [at.endless(100 << 20)],
    says: "InvalidAnswer: the answer is far larger than the service's can be",
  },
  { name: "errors 500", answers: [aws.INTERNAL], says: "ServiceError: Secrets Manager failed (status 500)" },
  { name: "errors 500 that end after two", answers: [aws.INTERNAL, aws.INTERNAL, at.healthy] },
  { name: "throttling", answers: [aws.THROTTLING], says: "Throttled: Secrets Manager has throttled the requests" },
  { name: "throttling that ends after two", answers: [aws.THROTTLING, aws.THROTTLING, at.healthy] },
  { name: "a clock one hour behind", answers: [at.clockOff(60)] },
  { name: "a clock one hour ahead", answers: [at.clockOff(-60)] },
  {
    name: "a clock that cannot be corrected",
    answers: [aws.SIGNATURE_EXPIRED],
    says: "ClockSkew: the service refused the request's time",
  },
  {
    name: "credentials that have expired",
    answers: [aws.EXPIRED_TOKEN],
    says: "ExpiredCredentials: the AWS credentials have expired",
  },
  {
    name: "credentials that do not exist",
    answers: [aws.UNKNOWN_TOKEN],
    says: "InvalidCredentials: the AWS credentials are not valid",
  },
  {
    name: "a wrong secret access key",
    answers: [aws.BAD_SIGNATURE],
    says: "InvalidCredentials: the AWS credentials are not valid",
  },
  {
    name: "no permission to read the secret",
    answers: [aws.DENIED],
    says: "AccessDenied: access to the secret is denied",
  },
  {
    name: "a Deny in the secret's policy",
    answers: [aws.DENIED_BY_DENY],
    says: "AccessDenied: access to the secret is denied, by a Deny in a policy",
  },
  {
    name: "no permission in the VPC endpoint's policy",
    answers: [aws.DENIED_BY_ENDPOINT],
    says: "AccessDenied: access to the secret is denied",
  },
  {
    name: "no permission to use the secret's key",
    answers: [aws.KMS_DENIED],
    says: "KmsAccessDenied: the secret's KMS key may not be used",
  },
  {
    name: "a key that is disabled",
    answers: [aws.KEY_DISABLED],
    says: "KmsAccessDenied: the secret cannot be decrypted",
  },
  {
    name: "a secret that is not in the Region",
    answers: [aws.NOT_FOUND],
    says: "SecretNotFound: the secret does not exist",
  },
  {
    name: "a secret of another Region than the endpoint",
    answers: [aws.WRONG_REGION],
    says: "WrongRegion: the endpoint is of another Region than the secret",
  },
  {
    name: "a secret pending deletion",
    answers: [aws.DELETED],
    says: "SecretDeleted: the secret is scheduled for deletion",
  },
  {
    name: "a secret without a value",
    answers: [aws.NO_VALUE],
    says: "NoValue: the secret exists, but has no value yet",
  },
  {
    name: "a stage that is not there",
    answers: [aws.NO_STAGE],
    reference: "prod/db::AWSPREVIOUS",
    says: 'VersionNotFound: the secret has no version with the stage "AWSPREVIOUS"',
  },
  {
    name: "a version id that is not there",
    answers: [aws.NO_VERSION],
    reference: "prod/db:::a1b2c3d4-5678-90ab-cdef-EXAMPLE11111",
    says: "VersionNotFound: the secret has no version with this id",
  },
  {
    name: "a request that is refused otherwise",
    answers: [aws.INVALID],
    says: "RequestRefused: Secrets Manager refused the request (InvalidParameterException, status 400)",
  },
];
