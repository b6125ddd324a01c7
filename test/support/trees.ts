import { existsSync } from "node:fs";
import { join } from "node:path";
import { LAYER, LAYER_ZIP } from "../../layer/paths.ts";

/** The layer's wrapper, with the engine. */
export const WRAPPER = join(LAYER, "wrapper");

/** The same with Node in place of the engine, as build-node-layer.ts has made it. */
export const NODE_WRAPPER = join(process.env.NODE_LAYER ?? "", "wrapper");

/** What was built, by name: without Rust there is no engine, and test/run.ts says so. */
export const WRAPPERS = Object.entries({ engine: WRAPPER, Node: NODE_WRAPPER }).filter(([, path]) => existsSync(path));

/** Says that `npm run build` has not made the layer, if it has not. */
export const missingLayer = existsSync(LAYER_ZIP) ? undefined : "the layer was not built, which takes Rust";
