import type { Fault } from "../core/fault/fault.ts";
import type { Log } from "../core/host/log.ts";

/** A line for each fault that ends nothing, such as a file that cannot be replaced. */
export function logEach(faults: Fault[], log: Log): void {
  for (const { subject, cause, remedy, code } of faults) log("ERROR", `${subject}: ${cause}. ${remedy} [${code}]`);
}
