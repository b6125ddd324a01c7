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
import { secretsManager } from "./secrets-manager.ts";
import type { Settings } from "./settings.ts";

/** Gets what a reference names. Never rejects. */
export type Source = (fetch: Fetch) => Promise<Fetched | Cause>;

/** Both services, through one client for each Region. */
export function createSource(settings: Settings, credentials: CredentialSource, deadline: Deadline): Source {
  const identity = once(() => credentials(deadline));
  const clients = new Map<string, Promise<Client>>();

  async function ask(fetch: Fetch, found: AwsCredentialIdentity): Promise<Fetched | Cause> {
    const key = `${fetch.source === "secret" ? "secret" : "parameter"} ${fetch.region}`;
    const client = clients.get(key) ?? createClient(fetch, { settings, credentials: found, deadline });
    clients.set(key, client);
    return (await client)(fetch);
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
