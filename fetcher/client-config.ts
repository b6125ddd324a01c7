import type { AwsCredentialIdentity } from "@smithy/types";
import type { Deadline } from "./deadline.ts";
import { requestHandler } from "./request-handler.ts";
import type { Service } from "./service.ts";
import type { Settings } from "./settings.ts";
import { Sha256 } from "./sha256.ts";

// The SDK's browser build tests for instances of this; the engine has none.
globalThis.ReadableStream ??= class {} as typeof ReadableStream;

/** Where, as whom and within which time a client of the SDK is to work. */
export type ClientContext = {
  settings: Settings;
  credentials: AwsCredentialIdentity;
  deadline: Deadline;
  /** Makes a call again where that may help. */
  retry<T>(call: () => Promise<T>): Promise<T>;
};

/** What every client of the SDK takes: our settings, our HTTP and hash. Its callers retry by themselves. */
export function clientConfig(
  service: Service,
  region: string,
  { settings, credentials, deadline }: Omit<ClientContext, "retry">,
) {
  const endpoint = settings.endpoints[service.prefix];
  return {
    region,
    credentials,
    ...(endpoint && { endpoint }),
    useFipsEndpoint: settings.useFipsEndpoint,
    useDualstackEndpoint: settings.useDualstackEndpoint,
    requestHandler: requestHandler(deadline, settings.ca),
    streamCollector: async (body: Uint8Array) => body,
    sha256: Sha256,
    maxAttempts: 1,
    customUserAgent: [["secrets-wrapper"]] as [string][],
  };
}
