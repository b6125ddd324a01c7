import type { Outcome } from "./publish-all.ts";

/** A line for each layer and Region, in columns. */
export function toTable(outcomes: Outcome[]): string {
  const rows = outcomes.map((outcome) => [
    outcome.region,
    outcome.architecture,
    ...("failure" in outcome ? ["failed"] : [outcome.arn, outcome.isNew ? "published" : "already the latest version"]),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** ARNs and versions by Region and architecture. */
export function toJson(outcomes: Outcome[]): string {
  const byRegion: Record<string, Record<string, { version: number; arn: string }>> = {};
  for (const outcome of outcomes) {
    if ("failure" in outcome) continue;
    const { region, architecture, version, arn } = outcome;
    byRegion[region] = { ...byRegion[region], [architecture]: { version, arn } };
  }
  return JSON.stringify(byRegion, null, 2);
}
