import type { Fault } from "../core/fault/fault.ts";
import { logFaults } from "../core/fault/report.ts";

/** A line for each fault, as the wrapper logs it; those with the same cause share one. */
export function describeFaults(faults: Fault[]): string {
  const lines: string[] = [];
  logFaults(
    { type: "Runtime.InvalidSecretsConfiguration", faults },
    (level, message) => {
      if (level === "ERROR") lines.push(typeof message === "string" ? message : message());
    },
    "",
  );
  return lines.join("\n");
}
