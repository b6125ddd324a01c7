import type { Fault, Problem } from "../fault/fault.ts";
import type { Env } from "../host/env.ts";
import { type Entries, type Entry, parseEntries, parseSecrets } from "./parse.ts";
import { readSecretsFile } from "./secrets-file.ts";

/** The entries of SECRETS and of the file in SECRETS_FILE. */
export async function readEntries({ SECRETS, SECRETS_FILE, LAMBDA_TASK_ROOT }: Env): Promise<Found> {
  if (!SECRETS_FILE) return SECRETS === undefined ? NO_SECRETS : parseSecrets(SECRETS);
  const file = await readSecretsFile(SECRETS_FILE, LAMBDA_TASK_ROOT);
  const parsed = file.ok ? parseEntries(file.value) : nothing(file.error);
  return SECRETS === undefined ? parsed : merge(parseSecrets(SECRETS), parsed);
}

type Found = { entries: Entry[]; faults: Fault[] };

function merge(secrets: Entries, file: Entries): Found {
  const twice = [...file.places].filter(([name]) => secrets.places.has(name));
  const faults = twice.map(([subject, place]) => ({ subject, ...(place && { place }), ...IN_BOTH }));
  return {
    entries: [...secrets.entries, ...file.entries],
    faults: [...secrets.faults, ...file.faults, ...faults],
  };
}

function nothing(fault: Fault): Entries {
  return { entries: [], faults: [fault], places: new Map() };
}

const IN_BOTH: Problem = {
  code: "DuplicateEntry",
  cause: "the entry is in both SECRETS and SECRETS_FILE",
  remedy: "Keep one of them.",
};
const NO_SECRETS = nothing({
  subject: "SECRETS",
  code: "NoSecrets",
  cause: "neither SECRETS nor SECRETS_FILE is set",
  remedy:
    'Set SECRETS, for example to {"DB_PASSWORD": "prod/db:password"}, or to {} for no secrets, or set SECRETS_FILE to a file of entries.',
});
