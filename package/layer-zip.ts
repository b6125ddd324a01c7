import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./package-root.ts";

/** A function's architectures, in Lambda's words. */
export const ARCHITECTURES = ["x86_64", "arm64"] as const;

export type Architecture = (typeof ARCHITECTURES)[number];

/** The layer's zip for an architecture, with the live cache or without it. Throws where it is not there. */
export function layerZip(architecture: Architecture, options?: { live?: boolean }): string {
  const zip = join(packageRoot(), "dist", zipName(architecture, options));
  if (!existsSync(zip)) throw new Error(`${zip} is not there: npm run build -- --arch ${architecture} makes it.`);
  return zip;
}

export function zipName(architecture: Architecture, { live = false } = {}): string {
  return `secrets-wrapper-${live ? "live-" : ""}${architecture}.zip`;
}
