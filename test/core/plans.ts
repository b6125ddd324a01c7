import { type LocatedReference, type PlannedEntry, planRequests } from "../../core/config/plan.ts";
import type { Problem } from "../../core/fault/fault.ts";
import { failure, success } from "../../core/fault/result.ts";
import type { Deadline } from "../../core/host/deadline.ts";
import type { Fetched } from "../../core/sources/decode.ts";
import type { FetchResult, Outcomes } from "../../core/sources/fetch-all.ts";
import type { Source } from "../../core/sources/source.ts";
import { parseSecrets } from "./parse-secrets.ts";
import { unwrap } from "./unwrap.ts";

/** An ARN as Secrets Manager gives it. */
export const ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/db-AbCdEf";

/** The plan for a SECRETS without a fault. */
export function planOf(secrets: unknown): PlannedEntry[] {
  const { entries, faults } = parseSecrets(JSON.stringify(secrets));
  expect(faults).toEqual([]);
  return planRequests(entries, "eu-west-1").plan;
}

/** What the calls of a plan gave, by the secret's id; a string is a secret's text. */
export function outcomesOf(plan: PlannedEntry[], byId: Record<string, string | Fetched | Problem>): Outcomes {
  return new Map(plan.map(({ request }) => [request.key, outcomeOf(request.id, byId[request.id] ?? NOT_THERE)]));
}

function outcomeOf(name: string, outcome: string | Fetched | Problem): FetchResult {
  if (typeof outcome === "string") return success({ name, noun: "secret", kind: "text", text: outcome });
  return "code" in outcome ? failure(outcome) : success(outcome);
}

/** Fetches one thing by a call of its own: its value, or the error. */
export function fetchOne(source: Source, deadline: Deadline) {
  return async (reference: LocatedReference): Promise<Fetched | Problem> => {
    const [result] = await source([{ ...reference, key: "" }], deadline);
    return unwrap(result as FetchResult);
  };
}

export const NOT_THERE: Problem = { code: "SecretNotFound", cause: "not there", remedy: "Create it.", missing: true };
export const DENIED: Problem = { code: "AccessDenied", cause: "denied", remedy: "Allow it." };
export const UNREACHABLE: Problem = { code: "Timeout", cause: "no answer", remedy: "Add a route." };
