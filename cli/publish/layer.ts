import { readFileSync } from "node:fs";
import { type Architecture, layerZip } from "../../package/layer-zip.ts";

/** A layer to publish. */
export type Layer = { name: string; architecture: Architecture; zip: Uint8Array };

/** The layers of these architectures; their names end in the architecture, as in the Terraform module. */
export function readLayers(prefix: string, architectures: readonly Architecture[], live: boolean): Layer[] {
  return architectures.map((architecture) => ({
    name: `${prefix}-${live ? "live-" : ""}${architecture}`,
    architecture,
    zip: readFileSync(layerZip(architecture, { live })),
  }));
}
