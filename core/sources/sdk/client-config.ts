import type { AwsCredentialIdentity } from "@smithy/types";
import type { Service } from "../../config/service.ts";
import type { Settings } from "../../config/settings.ts";
import type { Deadline } from "../../host/deadline.ts";
import { VERSION } from "../../host/version.ts";
import type { FetchResult } from "../fetch-all.ts";
import type { RequestGroup } from "../group-requests.ts";
import { NO_RETRIES } from "./no-retries.ts";
import { requestHandler } from "./request-handler.ts";
import { signer } from "./signer.ts";

// The SDK's browser build tests for instances of this; the engine has none.
globalThis.ReadableStream ??= class {} as typeof ReadableStream;

/** Retries a call where that may help. */
export type Retry = <T>(call: () => Promise<T>) => Promise<T>;

/** The deadline of a call, and how it is retried. */
export type CallContext = { deadline: Deadline; retry: Retry };

/** The settings and credentials of a client. */
export type ClientContext = { settings: Settings; credentials: AwsCredentialIdentity };

/** Fetches a group. Rejects with a {@link CallFailure}. */
export type Client = (group: RequestGroup, context: CallContext) => Promise<FetchResult[]>;

/** The configuration of every SDK client, with our HTTP and signatures. Callers retry themselves. */
export function clientConfig(service: Service, region: string, { settings, credentials }: ClientContext) {
  const endpoint = settings.endpoints[service.prefix];
  return {
    region,
    credentials,
    ...(endpoint && { endpoint }),
    useFipsEndpoint: settings.useFipsEndpoint,
    useDualstackEndpoint: settings.useDualstackEndpoint,
    requestHandler: requestHandler(settings),
    streamCollector: async (body: Uint8Array) => body,
    signer: signer(service.prefix, region, credentials),
    retryStrategy: NO_RETRIES,
    customUserAgent: [["secrets-wrapper", VERSION]] as [string, string][],
  };
}
