// Usage: npm run build. Makes dist/node, dist/layer and, where the engine is static, the layer's zip.

import { buildEngine } from "./engine.ts";
import { LAYER, NODE_LAYER } from "./paths.ts";
import { buildLayer, buildNodeLayer } from "./tree.ts";
import { zipLayer } from "./zip.ts";

await buildNodeLayer();
const engine = buildEngine();
const made = [NODE_LAYER];
if (engine) {
  buildLayer(engine.file);
  made.push(LAYER);
}
if (engine?.isStatic) made.push(zipLayer());
else console.log("No zip is made: Lambda needs a static engine.");
console.log(`Made ${made.join(", ")}.`);
