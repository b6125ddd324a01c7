import type { FetchRequest } from "../core/config/plan.ts";
import type { Slot } from "./slot.ts";

/** Slots of requests that SECRETS does not list: so many, the most recently used. */
export type Recent = {
  /** The slot of a request, which somebody wants. */
  slotOf(request: FetchRequest): Slot;
  /** Those that hold something that was wanted since it was fetched. */
  inUse(): Slot[];
};

export function createRecent(size: number): Recent {
  /** The least recently used first. */
  const slots = new Map<string, Slot>();

  function slotOf(request: FetchRequest): Slot {
    const slot = slots.get(request.key) ?? { request, entries: [] };
    slot.isWanted = true;
    slots.delete(request.key);
    slots.set(request.key, slot);
    for (const key of slots.keys()) {
      if (slots.size <= size) break;
      slots.delete(key);
    }
    return slot;
  }

  return { slotOf, inUse: () => [...slots.values()].filter(({ held, isWanted }) => held && isWanted) };
}
