import { quote } from "../core/fault/fault.ts";
import type { Log } from "../core/host/log.ts";
import { type Held, type Slot, subjectsOf, versionOf } from "./slot.ts";

/** Whether a fetch has given something else than the one before. */
export function hasChanged(before: Held, after: Held): boolean {
  return JSON.stringify(before.outcome) !== JSON.stringify(after.outcome);
}

/** Says which version replaces which: names and ids, never a value. */
export function logChange(slot: Slot, before: Held, after: Held, log: Log): void {
  const [from, to] = [versionOf(before.outcome), versionOf(after.outcome)];
  if (to === undefined) log("INFO", `${describe(slot)}: its values have changed.`);
  else if (from !== to) log("INFO", `${describe(slot)}: version ${to} replaces ${from ?? "what was there"}.`);
}

/** Says that the last is served, or that nothing can be, and when it is asked for again. */
export function logFailure(slot: Slot, now: number, log: Log): void {
  const { held, failed } = slot;
  if (!failed) return;
  const { problem, times, pauseMs } = failed;
  const ageS = held && Math.round((now - held.at) / 1000);
  const outcome = ageS === undefined ? "There is no value to serve" : `The value of ${ageS} s ago is served`;
  const again = `It is asked for again in ${Math.ceil(pauseMs / 1000)} s at the earliest`;
  log(
    "WARN",
    `${describe(slot)}: ${problem.cause}. ${problem.remedy} ${outcome}. ${again}; ${times} in a row failed. [${problem.code}]`,
    { code: problem.code },
  );
}

function describe(slot: Slot): string {
  const { entries, request } = slot;
  return entries.length > 0 ? `${subjectsOf(slot)} (from ${quote(request.id)})` : quote(request.id);
}
