import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type ClientContext, clientConfig } from "./client-config.ts";
import { decodeSecret, type Fetched } from "./decode.ts";
import type { Cause } from "./fault.ts";
import type { SecretReference } from "./reference.ts";
import { SECRETS_MANAGER } from "./service.ts";

/** Gets secrets of one Region. Rejects with a CallFailure. */
export function secretsManager(region: string, context: ClientContext) {
  const client = new SecretsManagerClient(clientConfig(SECRETS_MANAGER, region, context));
  return async ({ id, stage, versionId }: SecretReference): Promise<Fetched | Cause> => {
    const answer = await context.retry(() =>
      client.send(new GetSecretValueCommand({ SecretId: id, VersionStage: stage, VersionId: versionId })),
    );
    return decodeSecret(answer, id);
  };
}
