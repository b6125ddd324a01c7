/** What Lambda logs of an invocation: milliseconds and MB. A cold start has `initMs`, one under SnapStart `restoreMs`. */
export type Report = { durationMs: number; memoryMb: number; maxMemoryMb: number; initMs?: number; restoreMs?: number };

/** Reads the last REPORT line of a log. Throws where there is none. */
export function parseReport(log: string): Report {
  const line = log.split("\n").findLast((line) => line.startsWith("REPORT "));
  const fields = new Map(line?.split("\t").map((field) => field.split(": ") as [string, string]));
  const read = (name: string) => Number.parseFloat(fields.get(name) ?? "");
  const report = {
    durationMs: read("Duration"),
    memoryMb: read("Memory Size"),
    maxMemoryMb: read("Max Memory Used"),
    ...(fields.has("Init Duration") && { initMs: read("Init Duration") }),
    ...(fields.has("Restore Duration") && { restoreMs: read("Restore Duration") }),
  };
  if (Object.values(report).some(Number.isNaN)) throw new Error(`The log has no REPORT line of Lambda's:\n${log}`);
  return report;
}
