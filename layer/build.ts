// Usage: npm run build. Makes dist/layer and the layer's zip, or fails and says what to install.

import { rmSync } from "node:fs";
import { buildEngine } from "./build-engine.ts";
import { DIST, LAYER, LAYER_ZIP } from "./paths.ts";
import { buildLayer } from "./tree.ts";
import { zipLayer } from "./zip.ts";

// No zip of an earlier build may pass for one of this.
rmSync(DIST, { recursive: true, force: true });
try {
  await buildLayer(buildEngine(), LAYER);
  zipLayer();
  console.log(`Made ${LAYER}, ${LAYER_ZIP}.`);
} catch (error) {
  console.error(`The layer was not built: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
