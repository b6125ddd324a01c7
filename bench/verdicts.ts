import { table } from "./table.ts";

/** A bound on what is measured; without a value where it could not be. */
export type Requirement = { text: string; limit: number; unit: string; value?: number | undefined };

export function listVerdicts(requirements: Requirement[]): string {
  return table(["Requirement", "Measured", ""], requirements.map(toRow));
}

function toRow({ text, limit, unit, value }: Requirement): string[] {
  if (value === undefined) return [text, "", "not measured"];
  return [text, `${value.toFixed(2)} ${unit}`, value <= limit ? "pass" : "fail"];
}
