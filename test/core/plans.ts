import { type LocatedReference, type PlannedEntry, planRequests } from "../../core/config/plan.ts";
import type { Fault, Problem } from "../../core/fault/fault.ts";
import { failure, type Result, success } from "../../core/fault/result.ts";
import type { Deadline } from "../../core/host/deadline.ts";
import type { Fetched } from "../../core/sources/decode.ts";
import type { FetchResult, Outcomes } from "../../core/sources/fetch-all.ts";
import type { Source } from "../../core/sources/source.ts";
import { parseSecrets } from "./parse-secrets.ts";

/** An ARN as Secrets Manager gives it. */
export const ARN = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:prod/db-AbCdEf";

/** A code, a clause without a full stop, and full sentences that say what to do. */
const COMPLETE = {
  code: expect.stringMatching(/^[A-Z]\w+$/),
  cause: expect.stringMatching(/[^.]$/),
  remedy: expect.stringMatching(/\.$/),
};

/** Every fault says whom it concerns, and is complete. */
export function expectComplete(faults: Fault[]): void {
  for (const fault of faults) expect(fault).toMatchObject({ ...COMPLETE, subject: expect.any(String) });
}

/** There are exactly these faults, with these words in cause and remedy. */
export function expectFaults(faults: Fault[], ...expected: [subject: string, ...Words][]): void {
  expectComplete(faults);
  expect(faults).toMatchObject(expected.map(([subject, ...words]) => ({ subject, ...told(words) })));
}

/** It is a cause with these words. */
export function expectProblem(cause: unknown, ...words: Words): void {
  expect(cause).toMatchObject(COMPLETE);
  expect(cause).toMatchObject(told(words));
}

type Words = [code: string, cause: RegExp, remedy: RegExp];

function told([code, cause, remedy]: Words) {
  return { code, cause: expect.stringMatching(cause), remedy: expect.stringMatching(remedy) };
}

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

/** The value of a success, the error of a failure. */
export function unwrap<T, E>(result: Result<T, E>): T | E {
  return result.ok ? result.value : result.error;
}

export const NOT_THERE: Problem = { code: "SecretNotFound", cause: "not there", remedy: "Create it.", missing: true };
export const DENIED: Problem = { code: "AccessDenied", cause: "denied", remedy: "Allow it." };
export const UNREACHABLE: Problem = { code: "Timeout", cause: "no answer", remedy: "Add a route." };
