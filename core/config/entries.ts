import type { Fault, Problem } from "../fault/fault.ts";
import type { Result } from "../fault/result.ts";
import type { Env } from "../host/env.ts";
import { loadCheckOptions } from "./load-check-options.ts";
import { type Entries, type Entry, type EntryList, located, parseEntries } from "./parse.ts";
import { readSecretsFile } from "./secrets-file.ts";
import { readSecretsVariable } from "./secrets-variable.ts";

/** The entries of SECRETS and of the file in SECRETS_FILE. */
export async function readEntries({ SECRETS, SECRETS_FILE, LAMBDA_TASK_ROOT }: Env): Promise<Found> {
  const lists: Result<EntryList, Fault>[] = [];
  if (SECRETS !== undefined) lists.push(await readSecretsVariable(SECRETS));
  if (SECRETS_FILE) lists.push(await readSecretsFile(SECRETS_FILE, LAMBDA_TASK_ROOT));
  if (lists.length === 0) return NO_SECRETS;
  const checkOptions = await loadCheckOptions(lists.flatMap((list) => (list.ok ? [list.value] : [])));
  return merge(lists.map((list) => (list.ok ? parseEntries(list.value, checkOptions) : nothing(list.error))));
}

type Found = { entries: Entry[]; faults: Fault[] };

function merge(lists: Entries[]): Found {
  const [first, second] = lists;
  const twice = [...(second?.offsets ?? [])].filter(([name]) => first?.offsets.has(name));
  return {
    entries: lists.flatMap(({ entries }) => entries),
    faults: [
      ...lists.flatMap(({ faults }) => faults),
      ...twice.map(([subject, offset]) => located({ subject, ...IN_BOTH }, second ?? {}, offset)),
    ],
  };
}

function nothing(fault: Fault): Entries {
  return { entries: [], faults: [fault], offsets: new Map() };
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
