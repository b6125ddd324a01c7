import { existsSync } from "node:fs";
import { join } from "node:path";
import { LAYER, LAYER_ZIP, LIVE_LAYER } from "../../layer/paths.ts";

/** The layer's wrapper, with the engine; or that of another layer, for a run of these tests on it. */
export const WRAPPER = join(process.env.TESTED_LAYER ?? LAYER, "wrapper");

/** The same with Node in place of the engine, as build-node-layer.ts has made it. */
export const NODE_WRAPPER = join(process.env.NODE_LAYER ?? "", "wrapper");

/** What was built, by name: without Rust there is no engine, and test/run.ts says so. */
export const WRAPPERS = Object.entries({ engine: WRAPPER, Node: NODE_WRAPPER }).filter(([, path]) => existsSync(path));

/** The layers with the live cache, by name. */
export const LIVE_LAYERS = Object.entries({ engine: LIVE_LAYER, Node: process.env.NODE_LIVE_LAYER ?? "" }).filter(
  ([, path]) => existsSync(path),
);

/** Says that `npm run build` has not made the layer, if it has not. */
export const missingLayer = existsSync(LAYER_ZIP) ? undefined : "the layer was not built, which takes Rust";
