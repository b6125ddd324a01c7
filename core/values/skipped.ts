import { type Problem, quote } from "../fault/fault.ts";
import type { Skipped } from "./variables.ts";

/** For the log: a line for each entry and reason, with the names that are left out. */
export function describeSkipped(skipped: Skipped[]): string[] {
  const groups = new Map<string, { skipped: Skipped; names: string[] }>();
  for (const item of skipped) {
    const key = JSON.stringify([item.entry.subject, item.cause.code]);
    const group = groups.get(key) ?? { skipped: item, names: [] };
    group.names.push(quote(item.name));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ skipped: { entry, cause: problem }, names }) => {
    return `${entry.subject} (from ${quote(entry.reference.id)}): skipped ${list(names)}. ${REASONS[problem.code] ?? ""} [${problem.code}]`;
  });
}

function list(names: string[]): string {
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "";
  return `${names.slice(0, MAX_NAMES).join(", ")}${more}`;
}

const MAX_NAMES = 20;

const OWN_ENTRY = "Rename it where it is stored, or give it its own entry in SECRETS";
const REASONS: Record<Problem["code"], string> = {
  InvalidName: `A variable name has letters, digits and underscores, and does not begin with a digit; with "names": "upper" in the entry, db-password becomes DB_PASSWORD. ${OWN_ENTRY}.`,
  ReservedName: `Lambda or this wrapper reserves this name. ${OWN_ENTRY}, under another name.`,
  StartupName: `This name changes how programs start, which must not depend on who can edit a secret. ${OWN_ENTRY}.`,
};
