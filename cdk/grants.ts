import { Stack } from "aws-cdk-lib";
import { type AddToPrincipalPolicyResult, PolicyStatement, PrincipalWithConditions } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { Entry } from "../core/config/parse.ts";
import { decryptStatements } from "../policy/decrypt-statements.ts";
import { policyStatements } from "../policy/policy-statements.ts";
import type { ReadSecrets } from "./read-secrets.ts";

/** Allows a function to read what its entries refer to, and nothing else. */
export function grantRead(fn: LambdaFunction, { entries, standIns }: ReadSecrets): void {
  for (const statement of policyStatements(entries, placeOf(fn)))
    fn.addToRolePolicy(PolicyStatement.fromJson(standIns.restoreAll(statement, "arn")));
}

/** Allows it to decrypt that with the keys that constructs name, each for what it encrypts, and with further ones. */
export function grantDecrypt(fn: LambdaFunction, secrets: ReadSecrets, furtherKeys: IKey[]): void {
  for (const [key, ids] of secrets.keys) {
    const encrypted = secrets.entries.filter(({ reference }) => ids.has(reference.id));
    grantDecryptOf(fn, secrets, key, encrypted);
  }
  for (const key of furtherKeys) grantDecryptOf(fn, secrets, key, secrets.entries);
}

function grantDecryptOf(fn: LambdaFunction, { standIns }: ReadSecrets, key: IKey, entries: Entry[]): void {
  for (const { Condition } of decryptStatements(entries, placeOf(fn), [key.keyArn])) {
    const conditions = standIns.restoreAll(Condition, "arn") ?? {};
    // It fails for an alias that was imported by its name: there is no ARN to allow.
    key.grantDecrypt(new UnderConditions(fn.grantPrincipal, conditions)).assertSuccess();
  }
}

/** A principal whose own policy has the conditions, too, and not only the policies of resources. */
class UnderConditions extends PrincipalWithConditions {
  override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    statement.addConditions(this.conditions);
    return super.addToPrincipalPolicy(statement);
  }
}

function placeOf(fn: LambdaFunction) {
  const { partition, region, account, urlSuffix: dnsSuffix } = Stack.of(fn);
  return { partition, region, account, dnsSuffix };
}
