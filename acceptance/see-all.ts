import type { LambdaClient } from "@aws-sdk/client-lambda";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { compare } from "./compare.ts";
import type { Seen } from "./document.ts";
import { invoke } from "./invoke.ts";
import { type Outputs, output } from "./terraform.ts";
import { expectedHashes } from "./values.ts";

/** Invokes all functions whose variables count, at the same time, and compares them with the values that are stored. */
export async function seeAll(
  lambda: LambdaClient,
  functions: Outputs["functions"],
  values: Record<string, string>,
): Promise<Seen[]> {
  const expected = expectedHashes(values, await managedValue());
  const used = Object.entries(functions).filter(([, { use }]) => use !== "init");
  return await Promise.all(
    used.map(async ([name, deployed]) => {
      return { name, deployed, faults: compare(deployed, await invoke(lambda, deployed), expected) };
    }),
  );
}

/** What EventBridge has stored, with the caller's permissions. */
async function managedValue(): Promise<string> {
  const command = new GetSecretValueCommand({ SecretId: output("managed_secret") });
  return (await new SecretsManagerClient().send(command)).SecretString ?? "";
}
