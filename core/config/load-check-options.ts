import type { Problem } from "../fault/fault.ts";
import { mayHoldObject } from "../json/json.ts";
import { isEcsList } from "./ecs-list.ts";
import type { EntryList } from "./parse.ts";

/** Checks an entry's options; gives every reason why they are not valid. */
export type CheckOptions = (options: Record<string, unknown>) => Problem[];

/** The check, if an entry needs it. */
export async function loadCheckOptions(lists: EntryList[]): Promise<CheckOptions> {
  if (!lists.some(hasOptions)) return notLoaded;
  // Loaded only here: zod takes longer than all other entries.
  const { checkOptions } = await import("./check-options.ts");
  return checkOptions;
}

function hasOptions({ json }: EntryList): boolean {
  if (isEcsList(json)) return false;
  return mayHoldObject(json);
}

function notLoaded(): never {
  throw new Error("no entry has options");
}
