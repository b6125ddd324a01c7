import type { AwsCredentialIdentity } from "@smithy/types";
import type { Deadline } from "./deadline.ts";
import { requestHandler } from "./request-handler.ts";
import type { Service } from "./service.ts";
import type { Settings } from "./settings.ts";
import { Sha256 } from "./sha256.ts";

// The SDK's browser build tests for instances of this; the engine has none.
globalThis.ReadableStream ??= class {} as typeof ReadableStream;

/** Where, as whom and within which time a client of the SDK is to work. */
export type ClientContext = { settings: Settings; credentials: AwsCredentialIdentity; deadline: Deadline };

/** What every client of the SDK takes: our settings, our HTTP and hash, its own standard retries. */
export function clientConfig(service: Service, region: string, { settings, credentials, deadline }: ClientContext) {
  const endpoint = settings.endpoints[service.prefix];
  return {
    region,
    credentials,
    ...(endpoint && { endpoint }),
    useFipsEndpoint: settings.useFipsEndpoint,
    useDualstackEndpoint: settings.useDualstackEndpoint,
    requestHandler: requestHandler(deadline, settings.caFile),
    streamCollector: async (body: Uint8Array) => body,
    sha256: Sha256,
    retryMode: "standard",
    customUserAgent: [["secrets-wrapper"]] as [string][],
  };
}
