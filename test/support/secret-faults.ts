// What only Secrets Manager answers.

import * as aws from "./aws-errors.ts";
import type { AnswerFault } from "./faults.ts";

export const SECRET_FAULTS: AnswerFault[] = [
  {
    name: "a secret that is not there",
    answers: [aws.NOT_FOUND],
    says: "SecretNotFound: the secret does not exist",
    remedy: "It was requested in eu-west-1. Correct its name in SECRETS",
  },
  {
    name: "a secret pending deletion",
    answers: [aws.DELETED],
    says: "SecretDeleted: the secret is scheduled for deletion",
    remedy: 'aws secretsmanager restore-secret --secret-id "prod/db"',
  },
  {
    name: "a secret without a value",
    answers: [aws.NO_VALUE],
    says: "NoValue: the secret exists, but has no value yet",
    remedy: "put-secret-value",
  },
  {
    name: "a stage that is not there",
    answers: [aws.NO_STAGE],
    reference: "prod/db::AWSPREVIOUS",
    says: 'VersionNotFound: the secret has no version with the stage "AWSPREVIOUS"',
    remedy: "list-secret-version-ids",
  },
  {
    name: "a version id that is not there",
    answers: [aws.NO_VERSION],
    reference: "prod/db:::a1b2c3d4-5678-90ab-cdef-EXAMPLE11111",
    says: "VersionNotFound: the secret has no version with this id",
    remedy: "list-secret-version-ids",
  },
  {
    name: "a request that is rejected for another reason",
    answers: [aws.INVALID],
    says: "RequestRefused: Secrets Manager rejected the request (InvalidParameterException, status 400)",
    remedy: "Check the reference in SECRETS against the secret",
  },
];
