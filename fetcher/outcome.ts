import { findMisspelt } from "../core/config/find-misspelt.ts";
import { type Fault, type FaultReport, internalError } from "../core/fault/fault.ts";
import { failure, type Result } from "../core/fault/result.ts";
import type { Env } from "../core/host/env.ts";
import type { Log } from "../core/host/log.ts";

/** What was asked for, or every reason why it cannot be. */
export type Outcome<T = void> = Result<T, FaultReport>;

/** Starts or checks. What nobody expects is a fault as well. */
export async function attempt<T>(env: Env, log: Log, act: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    for (const line of await findMisspelt(env)) log("WARN", line);
    return await act();
  } catch (error) {
    return failure(internalError(error));
  }
}

/** Something is wrong that no call was needed for. */
export function invalid(faults: Fault[]): Outcome<never> {
  return failure({ type: "Runtime.InvalidSecretsConfiguration", faults });
}

export function unavailable(faults: Fault[]): Outcome<never> {
  return failure({ type: "Runtime.SecretsUnavailable", faults });
}
