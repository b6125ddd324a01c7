// Usage: npm run build. Makes dist/node, dist/layer and, where the engine is static, the layer's zip.

import { rmSync } from "node:fs";
import { buildEngine } from "./build-engine.ts";
import { DIST, LAYER, LAYER_ZIP, NODE_LAYER } from "./paths.ts";
import { buildLayer, buildNodeLayer } from "./tree.ts";
import { zipLayer } from "./zip.ts";

// No zip of an earlier build may pass for one of this.
rmSync(DIST, { recursive: true, force: true });
await buildNodeLayer(NODE_LAYER);
const engine = buildEngine();
const made = [NODE_LAYER];
if (engine) {
  buildLayer(engine.file);
  made.push(LAYER);
}
if (engine?.isStatic) {
  zipLayer();
  made.push(LAYER_ZIP);
} else console.log("No zip is made: Lambda needs a static engine.");
console.log(`Made ${made.join(", ")}.`);
