// What only Parameter Store answers.

import * as aws from "./aws-errors.ts";
import { CANARY } from "./canary.ts";
import * as at from "./fault-servers.ts";
import { PATH } from "./fault-targets.ts";
import type { AnswerFault } from "./faults.ts";

const NO_VALUE = {
  says: "InvalidAnswer: the service's response contains no value",
  remedy: "AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_SSM, if set, are Parameter Store endpoints",
};

export const PARAMETER_FAULTS: AnswerFault[] = [
  {
    name: "a parameter that is not there",
    answers: [notThere("/prod/db")],
    says: "ParameterNotFound: the parameter does not exist",
    remedy: "It was requested in eu-west-1. Correct its name in SECRETS",
  },
  {
    name: "a version that is not there",
    answers: [notThere("/prod/db:3")],
    reference: "ssm:/prod/db:3",
    says: 'ParameterNotFound: the parameter does not exist, or has no version or label "3"',
    remedy: "It was requested in eu-west-1. Correct its name in SECRETS",
  },
  {
    name: "a label that is not there",
    answers: [notThere("/prod/db:live")],
    reference: "ssm:/prod/db:live",
    says: 'ParameterNotFound: the parameter does not exist, or has no version or label "live"',
    remedy: "It was requested in eu-west-1. Correct its name in SECRETS",
  },
  { name: "a response without the requested parameter", answers: [notThere("/prod/other")], ...NO_VALUE },
  {
    name: "a response with another parameter",
    answers: [parameters({ Name: "/prod/other", Value: CANARY })],
    ...NO_VALUE,
  },
  {
    name: "a version that is not there, as an error",
    answers: [aws.NO_PARAMETER_VERSION],
    reference: "ssm:/prod/db:3",
    says: "RequestRefused: Parameter Store rejected the request (ParameterVersionNotFound, status 400)",
    remedy: "Check the reference in SECRETS against the parameter",
  },
  {
    name: "a request that is rejected for another reason",
    answers: [aws.INVALID_NAME],
    says: "RequestRefused: Parameter Store rejected the request (ValidationException, status 400)",
    remedy: "Check the reference in SECRETS against the parameter",
  },
];

export const PATH_FAULTS: AnswerFault[] = [
  {
    name: "a path without a parameter",
    answers: [parameters()],
    says: "ParameterNotFound: there is no parameter under the path",
    remedy: "to include all levels below a path, end it in two asterisks",
  },
  {
    name: "a parameter of another path",
    answers: [parameters({ Name: "/prod/other/key", Value: CANARY })],
    ...NO_VALUE,
  },
  { name: "a parameter without a name", answers: [parameters({ Value: CANARY })], ...NO_VALUE },
  { name: "a parameter without a value", answers: [parameters({ Name: "/prod/app/key" })], ...NO_VALUE },
  {
    name: "a second page that is denied",
    answers: [page("1"), aws.denied(PATH)],
    says: "AccessDenied: access to the parameter is denied",
    remedy: `Allow ${PATH.action} on ${PATH.resource} to the function's role`,
  },
  {
    name: "a page token that is rejected",
    answers: [page("1"), aws.INVALID_TOKEN],
    says: "RequestRefused: Parameter Store rejected the request (InvalidNextToken, status 400)",
    remedy: "Check the reference in SECRETS against the parameter",
  },
  { name: "two pages", answers: [page("1"), parameters({ Name: "/prod/app/last", Value: CANARY })] },
  {
    name: "pages without end",
    answers: [at.late(600, page("1"))],
    seconds: 1.5,
    says: "Timeout: the connected host did not respond within 1.5 s (SECRETS_TIMEOUT)",
    remedy: "raise SECRETS_TIMEOUT",
  },
];

/** As of GetParameters for names that it does not have. */
function notThere(...names: string[]) {
  return at.body(JSON.stringify({ Parameters: [], InvalidParameters: names }));
}

function parameters(...found: object[]) {
  return at.body(JSON.stringify({ Parameters: found }));
}

function page(NextToken: string) {
  return at.body(JSON.stringify({ Parameters: [{ Name: "/prod/app/key", Value: CANARY }], NextToken }));
}
