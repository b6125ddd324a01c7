import type { AwsCredentialIdentity } from "@smithy/types";
import type { ClientContext } from "./client-config.ts";
import type { CredentialSource } from "./credentials.ts";
import type { Deadline } from "./deadline.ts";
import type { Fetched } from "./decode.ts";
import { explainFailure } from "./explain.ts";
import type { Cause } from "./fault.ts";
import { once } from "./once.ts";
import type { Fetch } from "./plan.ts";
import type { Reference } from "./reference.ts";
import { retry } from "./retry.ts";
import { retryableError } from "./retryable.ts";
import { secretsManager } from "./secrets-manager.ts";
import { endpointOf } from "./service.ts";
import type { Settings } from "./settings.ts";

/** Gets what a reference names. Never rejects. */
export type Source = (fetch: Fetch) => Promise<Fetched | Cause>;

/**
 * Both services, through one client for each Region. Calls that may succeed when they are made again are, until the
 * deadline; `onRetry` hears why, with one of the fetches of that service and Region.
 */
export function createSource(
  settings: Settings,
  credentials: CredentialSource,
  deadline: Deadline,
  onRetry: (fetch: Fetch, cause: Cause) => void = () => {},
): Source {
  const identity = once(() => credentials(deadline));
  const clients = new Map<string, Promise<Client>>();

  async function ask(fetch: Fetch, found: AwsCredentialIdentity): Promise<Fetched | Cause> {
    const key = endpointOf(fetch);
    const client =
      clients.get(key) ?? createClient(fetch, { settings, credentials: found, deadline, retry: retrying(fetch) });
    clients.set(key, client);
    return (await client)(fetch);
  }

  function retrying(fetch: Fetch): ClientContext["retry"] {
    const explain = (error: unknown) => onRetry(fetch, explainFailure(error, fetch, deadline.totalMs));
    return (call) => retry(call, { deadline, classify: retryableError, onRetry: explain });
  }

  return async (fetch) => {
    const found = await identity();
    if ("code" in found) return found;
    try {
      return await ask(fetch, found);
    } catch (error) {
      return explainFailure(error, fetch, deadline.totalMs);
    }
  };
}

type Client = (reference: Reference) => Promise<Fetched | Cause>;

async function createClient({ source, region }: Fetch, context: ClientContext): Promise<Client> {
  if (source === "secret") return secretsManager(region, context) as Client;
  // Loaded only here: a function without parameters does not pay for it.
  const { parameterStore } = await import("./parameter-store.ts");
  return parameterStore(region, context) as Client;
}
