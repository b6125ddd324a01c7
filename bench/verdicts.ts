import { table } from "./table.ts";

/** A bound on what is measured; without a value where it could not be. */
export type Requirement = {
  text: string;
  limit: number;
  unit: string;
  value?: number | undefined;
  /** Why it is missed, where it is, and what was tried. */
  whyMissed?: string | undefined;
};

export function listVerdicts(requirements: Requirement[]): string {
  return table(["Requirement", "Measured", ""], requirements.map(toRow));
}

function toRow({ text, limit, unit, value, whyMissed }: Requirement): string[] {
  if (value === undefined) return [text, "", "not measured"];
  const fail = whyMissed ? `fail: ${whyMissed}` : "fail";
  return [text, `${value.toFixed(2)} ${unit}`, value <= limit ? "pass" : fail];
}
