import type { Stack } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { checkOptions } from "../core/config/check-options.ts";
import { problemOf } from "../core/config/grammar.ts";
import { type Entry, parseEntries } from "../core/config/parse.ts";
import { toEntryList } from "../core/config/secrets-variable.ts";
import { findSharedPaths } from "../core/config/shared-paths.ts";
import type { Fault, Problem } from "../core/fault/fault.ts";
import { failure } from "../core/fault/result.ts";
import { parseJson } from "../core/json/json.ts";
import { describeFaults } from "./describe-faults.ts";
import { type Reader, toOption, toReference } from "./references.ts";
import type { Secrets } from "./secrets.ts";
import { StandIns } from "./stand-ins.ts";

export type ReadSecrets = {
  /** The value of SECRETS, with tokens. */
  value: unknown;
  /** Its entries, with stand-ins. */
  entries: Entry[];
  standIns: StandIns;
  /** Keys that constructs name, with the ids in `entries` that they encrypt. */
  keys: Map<IKey, Set<string>>;
};

/**
 * Reads entries as the wrapper of a function in this stack will. Throws with every fault, in the wrapper's words,
 * after the construct's path.
 */
export function readSecrets(path: string, secrets: Secrets, stack: Stack): ReadSecrets {
  const reader: Reader = { standIns: new StandIns(), stack, keys: new Map() };
  const plain = toPlain(secrets, reader);
  const { entries, faults } = parse(JSON.stringify(plain));
  const ambiguous = entries.filter(({ reference }) => reader.standIns.isAmbiguous(reference));
  const all = [...faults, ...findSharedPaths(entries), ...ambiguous.map(ambiguousToken)];
  if (all.length > 0) throw new Error(`${path}: secrets:\n${reader.standIns.restore(describeFaults(all), "shown")}`);
  const { standIns, keys } = reader;
  return { value: standIns.restoreAll(plain, "text"), entries, standIns, keys };
}

function parse(text: string): { entries: Entry[]; faults: Fault[] } {
  const json = parseJson(text);
  const list = json ? toEntryList(json) : failure({ subject: "SECRETS", ...NOT_JSON });
  return list.ok ? parseEntries(list.value, checkOptions) : { entries: [], faults: [list.error] };
}

/** With strings in place of constructs; what is no reference stays for the grammar to judge. */
function toPlain(secrets: Secrets, reader: Reader): unknown {
  if (typeof secrets !== "object" || secrets === null) return secrets;
  if (Array.isArray(secrets)) return secrets.map((entry) => toPlainEntry(entry, reader));
  return mapMembers(secrets, (entry) => toPlainEntry(entry, reader));
}

function toPlainEntry(entry: unknown, reader: Reader): unknown {
  const reference = toReference(entry, reader);
  if (reference !== undefined || typeof entry !== "object" || entry === null || Array.isArray(entry))
    return reference ?? entry;
  return mapMembers(
    entry,
    (option, name) => (REFERENCES.includes(name) ? toOption(option, reader) : undefined) ?? option,
  );
}

function mapMembers(object: object, change: (value: unknown, name: string) => unknown): object {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));
}

function ambiguousToken({ subject, reference }: Entry): Fault {
  return { subject, secret: reference.id, ...AMBIGUOUS_TOKEN };
}

const REFERENCES = ["secret", "parameter", "valueFrom"];
const NOT_JSON = problemOf("secrets", "neitherObjectNorList");
const AMBIGUOUS_TOKEN: Problem = {
  code: "InvalidReference",
  cause: "a token of CDK hides whether this is a name, a complete ARN or a partial one, and the policy depends on it",
  remedy:
    "Use a construct in place of the string: Secret.fromSecretNameV2, fromSecretCompleteArn or fromSecretPartialArn, or StringParameter.fromStringParameterAttributes.",
};
