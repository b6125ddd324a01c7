import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { SecretReference } from "../config/reference.ts";
import { SECRETS_MANAGER } from "../config/service.ts";
import { decodeSecret } from "./decode.ts";
import { caller } from "./sdk/caller.ts";
import { type Client, type ClientContext, clientConfig } from "./sdk/client-config.ts";

/** Fetches secrets of one Region, each with its own call. */
export function secretsManager(region: string, context: ClientContext): Client {
  const client = new SecretsManagerClient(clientConfig(SECRETS_MANAGER, region, context));
  const getSecretValue = caller(client, GetSecretValueCommand);
  return async ([request], { deadline, retry }) => {
    const { id, stage, versionId } = request as SecretReference;
    const input = { SecretId: id, VersionStage: stage, VersionId: versionId };
    const answer = await retry(() => getSecretValue(input, deadline));
    return [decodeSecret(answer, id)];
  };
}
