// What holds whatever comes in.

import type { PlannedEntry } from "../../core/config/plan.ts";
import type { Fault, FaultReport } from "../../core/fault/fault.ts";
import { logFaults, toPublicMessage } from "../../core/fault/report.ts";
import { createLog } from "../../core/host/log.ts";
import type { StoredValue } from "../../core/sources/decode.ts";
import type { FetchResult, Outcomes } from "../../core/sources/fetch-all.ts";
import { readValues } from "../../core/values/read-values.ts";
import { describeSkipped } from "../../core/values/skipped.ts";
import { buildEnvironment } from "../../core/values/variables.ts";
import { leakIn } from "../support/canary.ts";

/** Every fault has code, cause and remedy in sentences, each line of the report is one, and no value is in any. */
export function checkReport(faults: Fault[]): void {
  for (const { code, cause, remedy } of faults) {
    if (!/^[A-Z]\w+$/.test(code) || code === "InternalError") fail("no code", { code, cause });
    if (!/[^.]$/s.test(cause) || !/\.$/.test(remedy)) fail("no sentence", { code, cause, remedy });
  }
  const error: FaultReport = { type: "Runtime.SecretsUnavailable", faults };
  const text = logged(error, {});
  const json = logged(error, { AWS_LAMBDA_LOG_FORMAT: "JSON" });
  for (const line of text) if (!/^\[secrets-wrapper\] (?:ERROR|FATAL) \P{Cc}+\n$/u.test(line)) fail("no line", line);
  for (const line of json) if (typeof JSON.parse(line).message !== "string") fail("no message", line);
  const told = toPublicMessage(error);
  if (/111122223333/.test(told)) fail("an account", told);
  for (const output of [...text, ...json, told]) if (leakIn(output)) fail("a value", output);
}

/** Either every entry has what it asks for, or there is a fault. */
export function checkVariables(plan: PlannedEntry[], outcomes: Outcomes): void {
  const { variables, skipped, faults } = buildEnvironment(readValues(plan, outcomes, {}));
  checkReport(faults);
  if (faults.length > 0) return;
  for (const line of describeSkipped(skipped)) if (leakIn(line)) fail("a value", line);
  // What a program could start with, or no shell could name, is left out; nothing else is.
  for (const { name } of skipped) if (/^[A-Za-z]\w*$/.test(name) && !STARTUP.test(name)) fail("skipped", name);
  const names = new Set([...variables.keys(), ...skipped.map(({ name }) => name)]);
  for (const planned of plan) checkEntry(planned, outcomes.get(planned.request.key), variables, names);
}

/** Those that the cases have. */
const STARTUP = /^(?:PATH|LD_|NODE_|PYTHON|AWS_|SECRETS|LAMBDA_)/;

function checkEntry(
  { entry }: PlannedEntry,
  outcome: FetchResult | undefined,
  variables: Map<string, string>,
  names: Set<string>,
): void {
  const forgiven = entry.optional || entry.default !== undefined;
  if (!outcome?.ok) {
    if (!(forgiven && outcome?.error.missing)) fail("started without", entry);
  } else if (entry.target === "variable") {
    const value = expectedValue(outcome.value as StoredValue, entry.key) ?? entry.default;
    const wanted = value === undefined ? value : (entry.file?.path ?? value);
    const found = variables.get(entry.subject);
    // Where an optional one is missing a wildcard may fill in.
    const isRight = wanted === undefined ? entry.optional : found === wanted;
    if (!isRight) fail("another value", { entry, outcome });
  } else {
    const prefix = entry.target === "wildcard" ? entry.subject.slice(0, -1) : "";
    const keys = objectOf(outcome.value as StoredValue)?.filter(([, value]) => value !== null) ?? [];
    for (const [key] of keys) if (!names.has(prefix + key)) fail("a key is missing", { entry, key });
  }
}

/** Worked out by JSON.parse instead of by the program. */
function expectedValue(secret: StoredValue, key: string | undefined): string | undefined {
  if (key === undefined) return secret.kind === "text" ? secret.text : secret.base64;
  const value = new Map(objectOf(secret)).get(key);
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function objectOf(secret: StoredValue): [string, unknown][] | undefined {
  try {
    const value = JSON.parse(secret.kind === "text" ? secret.text : "");
    return value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : undefined;
  } catch {
    return undefined;
  }
}

function logged(error: FaultReport, env: Record<string, string>): string[] {
  const lines: string[] = [];
  logFaults(
    error,
    createLog(env, (line) => lines.push(line)),
    "It ended",
  );
  return lines;
}

function fail(what: string, found: unknown): never {
  throw new Error(`${what}: ${JSON.stringify(found)}`);
}
