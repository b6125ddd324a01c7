// What the wrapper knows of the live cache, where there is one.

import type { Env } from "./env.ts";

/** Holds the function's session token; the name is that of AWS's Parameters and Secrets extension. */
export const TOKEN_HEADER = "x-aws-parameters-secrets-token";

/** Says that the cache is there. */
export const HEALTH = "/health";

/** Gives what was fetched for SECRETS, to the wrapper. */
export const OUTCOMES = "/outcomes";

export function portOf({ SECRETS_PORT }: Env): number {
  return Number(SECRETS_PORT || DEFAULT_PORT);
}

const DEFAULT_PORT = 2773;
