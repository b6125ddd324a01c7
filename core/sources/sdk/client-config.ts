import type { AwsCredentialIdentity } from "@smithy/types";
import type { Service } from "../../config/service.ts";
import type { Settings } from "../../config/settings.ts";
import type { Deadline } from "../../host/deadline.ts";
import type { FetchResult } from "../fetch-all.ts";
import type { RequestGroup } from "../group-requests.ts";
import { requestHandler } from "./request-handler.ts";
import { Sha256 } from "./sha256.ts";

// The SDK's browser build tests for instances of this; the engine has none.
globalThis.ReadableStream ??= class {} as typeof ReadableStream;

/** Makes a call again where that may help. */
export type Retry = <T>(call: () => Promise<T>) => Promise<T>;

/** Until when and how often a client is to call. */
export type CallContext = { deadline: Deadline; retry: Retry };

/** How and as whom it calls. */
export type ClientContext = { settings: Settings; credentials: AwsCredentialIdentity };

/** Fetches what a group names. Rejects with a CallFailure. */
export type Client = (group: RequestGroup, context: CallContext) => Promise<FetchResult[]>;

/** What every client of the SDK takes: our settings, our HTTP and hash. Its callers retry by themselves. */
export function clientConfig(service: Service, region: string, { settings, credentials }: ClientContext) {
  const endpoint = settings.endpoints[service.prefix];
  return {
    region,
    credentials,
    ...(endpoint && { endpoint }),
    useFipsEndpoint: settings.useFipsEndpoint,
    useDualstackEndpoint: settings.useDualstackEndpoint,
    requestHandler: requestHandler(settings.ca),
    streamCollector: async (body: Uint8Array) => body,
    sha256: Sha256,
    maxAttempts: 1,
    customUserAgent: [["secrets-wrapper"]] as [string][],
  };
}

/** What the SDK hands to the request handler with one call. */
export function callOptions({ left }: Deadline): { requestTimeout: number } {
  return { requestTimeout: left() };
}
