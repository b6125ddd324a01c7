// The bundle contains this in place of what the SDK falls back to: clientConfig leaves it nothing to fall back to.

export const AdaptiveRetryStrategy = undefined;
export const SignatureV4 = undefined;
export const Sha256 = undefined;
export const StandardRetryStrategy = undefined;
export const streamCollector = undefined;

export const FetchHttpHandler = { create: (handler: object) => handler };
