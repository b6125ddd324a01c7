import type { Fetched } from "../../fetcher/decode.ts";
import type { Cause, Fault } from "../../fetcher/fault.ts";
import { parseSecrets } from "../../fetcher/parse.ts";
import { type Planned, planFetches } from "../../fetcher/plan.ts";
import type { Outcomes } from "../../fetcher/variables.ts";

/** Stands in secrets, and may never be found in what a user or a log is told. */
export const CANARY = "canary-7Hq2";

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
export function expectCause(cause: unknown, ...words: Words): void {
  expect(cause).toMatchObject(COMPLETE);
  expect(cause).toMatchObject(told(words));
}

type Words = [code: string, cause: RegExp, remedy: RegExp];

function told([code, cause, remedy]: Words) {
  return { code, cause: expect.stringMatching(cause), remedy: expect.stringMatching(remedy) };
}

/** The plan for a SECRETS without a fault. */
export function planOf(secrets: unknown): Planned[] {
  const { entries, faults } = parseSecrets(JSON.stringify(secrets));
  expect(faults).toEqual([]);
  return planFetches(entries, "eu-west-1").plan;
}

/** What the calls of a plan gave, by the secret's id; a string is a secret's text. */
export function outcomesOf(plan: Planned[], byId: Record<string, string | Fetched | Cause>): Outcomes {
  return new Map(plan.map(({ fetch }) => [fetch, outcomeOf(fetch.id, byId[fetch.id] ?? NOT_THERE)]));
}

function outcomeOf(name: string, outcome: string | Fetched | Cause): Fetched | Cause {
  return typeof outcome === "string" ? { name, noun: "secret", kind: "text", text: outcome } : outcome;
}

export const NOT_THERE: Cause = { code: "SecretNotFound", cause: "not there", remedy: "Create it.", missing: true };
export const DENIED: Cause = { code: "AccessDenied", cause: "denied", remedy: "Allow it." };
export const UNREACHABLE: Cause = { code: "Timeout", cause: "no answer", remedy: "Add a route." };
