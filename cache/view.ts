import { success } from "../core/fault/result.ts";
import { buildEnvironment } from "../core/values/variables.ts";
import type { Cache } from "./cache.ts";
import type { Slot } from "./slot.ts";

/** A variable as the function's environment would have it now, the slot that it comes from, and its version once known. */
export type Variable = { value: string; slot: Slot; etag?: string };

/** The variables that all entries together give, by name. */
export type View = ReadonlyMap<string, Variable>;

/** Of what is held: an entry that has no value yet gives no variable. */
export function viewOf({ slots }: Cache): View {
  const slotOf = new Map(slots.flatMap((slot) => slot.entries.map((entry) => [entry, slot])));
  const entries = [...slotOf].map(([entry, { held }]) => ({ entry, values: success(held?.values.get(entry) ?? []) }));
  const { assignments } = buildEnvironment(entries);
  return new Map(assignments.map(({ name, value, entry }) => [name, { value, slot: slotOf.get(entry) as Slot }]));
}
