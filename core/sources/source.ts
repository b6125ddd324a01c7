import type { AwsCredentialIdentity } from "@smithy/types";
import type { FetchRequest } from "../config/plan.ts";
import { endpointOf, type Service, serviceOf } from "../config/service.ts";
import type { Settings } from "../config/settings.ts";
import type { Problem } from "../fault/fault.ts";
import { failure } from "../fault/result.ts";
import type { Deadline } from "../host/deadline.ts";
import type { CredentialProvider } from "./credentials.ts";
import type { FetchResult } from "./fetch-all.ts";
import type { RequestGroup } from "./group-requests.ts";
import { CallFailure, retry } from "./retry.ts";
import { retryableError } from "./retryable.ts";
import type { Client, ClientContext, Retry } from "./sdk/client-config.ts";
import { secretsManager } from "./secrets-manager.ts";

/** Fetches a group, with one result for each request, in order. Never rejects. */
export type Source = (group: RequestGroup, deadline: Deadline) => Promise<FetchResult[]>;

/** Creates a client of each service, for one Region. */
export type CreateClients = Record<Service["prefix"], () => CreateClient | Promise<CreateClient>>;
type CreateClient = (region: string, context: ClientContext) => Client;

/**
 * Both services, through one client per service and Region. Retryable errors are retried until the deadline;
 * `onRetry` is called with the cause and one of the requests of that service and Region.
 */
export function createSource(
  settings: Settings,
  credentials: CredentialProvider,
  onRetry: (request: FetchRequest, problem: Problem) => void = () => {},
  createClients: CreateClients = CLIENTS,
): Source {
  const clients = new Map<string, { credentials: AwsCredentialIdentity; client: Promise<Client> }>();

  function clientOf(request: FetchRequest, credentials: AwsCredentialIdentity): Promise<Client> {
    const known = clients.get(endpointOf(request));
    if (known?.credentials === credentials) return known.client;
    const client = createClient(request, { settings, credentials }, createClients);
    clients.set(endpointOf(request), { credentials, client });
    return client;
  }

  return async (group, deadline) => {
    const [first] = group;
    const identity = await credentials(deadline);
    if (!identity.ok) return group.map(() => identity);
    const retrying: Retry = (call) =>
      retry(call, {
        deadline,
        classify: retryableError,
        onRetry: async (error) => onRetry(first, await explain(error, first, deadline)),
      });
    try {
      const client = await clientOf(first, identity.value);
      return await client(group, { deadline, retry: retrying });
    } catch (error) {
      return await Promise.all(group.map(async (request) => failure(await explain(error, request, deadline))));
    }
  };
}

async function explain(error: unknown, request: FetchRequest, { totalMs }: Deadline): Promise<Problem> {
  // Loaded only here: most functions start.
  const { explainError } = await import("./explain/explain.ts");
  if (!(error instanceof CallFailure)) return explainError(error, request, totalMs);
  const problem = explainError(error.cause, request, totalMs);
  return error.tries > 1 ? { ...problem, tries: error.tries } : problem;
}

async function createClient(
  { kind, region }: FetchRequest,
  context: ClientContext,
  createClients: CreateClients,
): Promise<Client> {
  const create = await createClients[serviceOf({ kind }).prefix]();
  return create(region, context);
}

const CLIENTS: CreateClients = {
  secretsmanager: () => secretsManager,
  // Loaded only here: functions without parameters do not need it.
  ssm: async () => (await import("./parameter-store.ts")).parameterStore,
};
