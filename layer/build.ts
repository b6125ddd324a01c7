// Usage: npm run build. Makes the layers' trees and zips in dist/, or fails and says what to install.

import { rmSync } from "node:fs";
import { buildEngine } from "./build-engine.ts";
import { DIST, LAYER, LAYER_ZIP, LIVE_LAYER, LIVE_LAYER_ZIP } from "./paths.ts";
import { buildLayer } from "./tree.ts";
import { zipLayer } from "./zip.ts";

// No zip of an earlier build may pass for one of this.
rmSync(DIST, { recursive: true, force: true });
try {
  await buildLayer(buildEngine("plain"), LAYER, "plain");
  zipLayer(LAYER, LAYER_ZIP);
  await buildLayer(buildEngine("live"), LIVE_LAYER, "live");
  zipLayer(LIVE_LAYER, LIVE_LAYER_ZIP);
  console.log(`Made ${[LAYER, LAYER_ZIP, LIVE_LAYER, LIVE_LAYER_ZIP].join(", ")}.`);
} catch (error) {
  console.error(`The layers were not built: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
