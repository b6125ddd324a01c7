import { table } from "../table.ts";
import type { Outcome } from "./storm.ts";

/** The outcomes as a Markdown table. */
export function toTable(outcomes: Outcome[]): string {
  const head = ["The service", "Retries of", "Environments started", "Calls per secret", "Most calls in a second"];
  const rows = outcomes.map(({ service, strategy, started, callsPerSecret, peak }) => [
    service,
    strategy,
    `${(started * 100).toFixed(1)} %`,
    Number.isFinite(callsPerSecret) ? callsPerSecret.toFixed(1) : "none was got",
    peak.toLocaleString("en-US"),
  ]);
  return table(head, rows);
}
