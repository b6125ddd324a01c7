import type { Problem } from "../fault/fault.ts";
import type { Result } from "../fault/result.ts";
import type { Json } from "../json/json.ts";
import { type EntryOptions, parseEntryOptions } from "./entry-options.ts";
import type { CheckOptions } from "./load-check-options.ts";

/** Reads what an entry says of its value. */
export type ReadOptions = (json: Json) => Result<EntryOptions, Problem[]>;

/** Entries that say the same share it: large files name few secrets. */
export function shareOptions(checkOptions: CheckOptions): ReadOptions {
  const known = new Map<string, Result<EntryOptions, Problem[]>>();
  return (json) => {
    const written = json.text.slice(json.start, json.end);
    const options = known.get(written) ?? parseEntryOptions(json, checkOptions);
    known.set(written, options);
    return options;
  };
}
