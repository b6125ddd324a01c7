import { checkOptions } from "../../core/config/check-options.ts";
import { type Entries, parseEntries } from "../../core/config/parse.ts";
import { toEntryList } from "../../core/config/secrets-variable.ts";
import { findSharedPaths } from "../../core/config/shared-paths.ts";
import type { Fault } from "../../core/fault/fault.ts";
import { parseJson } from "../../core/json/json.ts";

/** The faults of a text of SECRETS, within its entries and between them. */
export function findFaults(text: string): Fault[] {
  const { entries, faults } = parseSecrets(text);
  return [...faults, ...findSharedPaths(entries)];
}

/** The entries of a text of SECRETS that is JSON. */
export function parseSecrets(text: string): Entries {
  const json = parseJson(text);
  if (!json) throw new Error("not JSON");
  const list = toEntryList(json);
  if (list.ok) return parseEntries(list.value, checkOptions);
  return { entries: [], faults: [list.error], offsets: new Map() };
}
