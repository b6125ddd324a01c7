import { arnOf, type Place, type ReadEntry, resourcesOf } from "./resources.ts";

/** A statement of an IAM policy. Without a Sid, which has to differ within a policy: several may go into one. */
export type Statement = {
  Effect: "Allow";
  Action: string;
  Resource: string[];
  Condition?: Record<string, Record<string, string | string[]>>;
};

/**
 * The least statements for reading what entries refer to, equal to the Terraform module's. `place` is for those
 * without an ARN.
 */
export function policyStatements(entries: ReadEntry[], place: Place): Statement[] {
  const { secrets, missingSecrets, parameters, paths, recursivePaths } = resourcesOf(entries, place);
  const recursiveArns = recursivePaths.map(arnOf);
  const pathArns = paths.map(arnOf).filter((arn) => !recursiveArns.includes(arn));
  return [
    // A secret that does not exist is denied under any other name, and a denial is never forgiven.
    ...allow("secretsmanager:GetSecretValue", [...secrets, ...missingSecrets].map(arnOf)),
    ...allow("ssm:GetParameters", parameters.map(arnOf)),
    ...allow("ssm:GetParametersByPath", recursiveArns),
    ...allow("ssm:GetParametersByPath", pathArns.sort()).map((statement) => ({ ...statement, Condition: ONE_LEVEL })),
  ];
}

function allow(action: string, arns: string[]): Statement[] {
  return arns.length === 0 ? [] : [{ Effect: "Allow", Action: action, Resource: arns }];
}

/** To IAM a negated condition is true where the request has no such key. */
const ONE_LEVEL = { StringNotEquals: { "ssm:Recursive": "true" } };
