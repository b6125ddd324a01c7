import { success } from "../core/fault/result.ts";
import type { EntryValues } from "../core/values/read-values.ts";
import { buildEnvironment } from "../core/values/variables.ts";
import type { Cache } from "./cache.ts";
import type { Slot } from "./slot.ts";

/** A variable as the function's environment would have it now, the slot that it comes from, and its version once known. */
export type Variable = { value: string; slot: Slot; etag?: string };

/** The variables that all entries together give, by name. */
export type View = ReadonlyMap<string, Variable>;

/** Of what is held: an entry that has no value yet gives no variable. */
export function viewOf({ slots }: Cache): View {
  const given = slots.flatMap((slot) =>
    slot.entries.map((entry) => ({ slot, entry, values: success(slot.held?.values.get(entry) ?? []) })),
  );
  const { variables } = buildEnvironment(given);
  // A wildcard or list yields to an entry that names its variable.
  const isNamed = ({ entry }: EntryValues) => entry.target === "variable";
  const ordered = [...given.filter((values) => !isNamed(values)), ...given.filter(isNamed)];
  const slotOf = new Map(ordered.flatMap(({ slot, values }) => values.value.map(({ name }) => [name, slot] as const)));
  return new Map(Array.from(variables, ([name, value]) => [name, { value, slot: slotOf.get(name) as Slot }]));
}
