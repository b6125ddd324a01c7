import { table } from "../bench/table.ts";
import { sectionOf } from "./changelog.ts";

/** The published layers by Region and, within it, as the Terraform module's `layer_arns`: `x86_64`, `live_arm64`. */
export type LayerArns = Record<string, Record<string, { arn: string }>>;

/** A release's notes: its section of the changelog, and the layers' ARNs in a table. */
export function renderNotes(changelog: string, version: string, arns: LayerArns): string {
  const rows = Object.entries(arns).flatMap(([region, layers]) =>
    Object.entries(layers).map(([layer, { arn }]) => [region, `\`${layer}\``, `\`${arn}\``]),
  );
  return `${sectionOf(changelog, version)}\n\n### Layers\n\n${table(["Region", "Layer", "ARN"], rows)}\n`;
}
