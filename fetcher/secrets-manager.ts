import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { CredentialSource } from "./credentials.ts";
import type { Deadline } from "./deadline.ts";
import { decodeSecret, type Secret } from "./decode.ts";
import { explainFailure } from "./explain.ts";
import type { Cause } from "./fault.ts";
import type { Fetch } from "./plan.ts";
import { requestHandler } from "./request-handler.ts";
import type { Settings } from "./settings.ts";
import { Sha256 } from "./sha256.ts";

// The SDK's browser build tests for instances of this; the engine has none.
globalThis.ReadableStream ??= class {} as typeof ReadableStream;

/** Gets one secret. Never rejects. */
export type Source = (fetch: Fetch) => Promise<Secret | Cause>;

/** Secrets Manager, through one SDK client for each Region. */
export function createSource(settings: Settings, credentials: CredentialSource, deadline: Deadline): Source {
  const clients = new Map<string, SecretsManagerClient>();
  const identity = once(() => credentials(deadline));

  return async (fetch) => {
    const found = await identity();
    if ("code" in found) return found;
    const client = clients.get(fetch.region) ?? createClient(fetch.region, settings, found, deadline);
    clients.set(fetch.region, client);
    try {
      const answer = await client.send(toCommand(fetch));
      return decodeSecret(answer, fetch.id);
    } catch (error) {
      return explainFailure(error, fetch, deadline.totalMs);
    }
  };
}

function createClient(
  region: string,
  settings: Settings,
  credentials: Exclude<Awaited<ReturnType<CredentialSource>>, Cause>,
  deadline: Deadline,
): SecretsManagerClient {
  return new SecretsManagerClient({
    region,
    credentials,
    ...(settings.endpoint && { endpoint: settings.endpoint }),
    useFipsEndpoint: settings.useFipsEndpoint,
    useDualstackEndpoint: settings.useDualstackEndpoint,
    requestHandler: requestHandler(deadline, settings.caFile),
    streamCollector: async (body: Uint8Array) => body,
    sha256: Sha256,
    retryMode: "standard",
    customUserAgent: [["secrets-wrapper"]],
  });
}

function toCommand({ id, stage, versionId }: Fetch): GetSecretValueCommand {
  return new GetSecretValueCommand({ SecretId: id, VersionStage: stage, VersionId: versionId });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
