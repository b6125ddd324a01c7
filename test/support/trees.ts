import { existsSync } from "node:fs";
import { join } from "node:path";
import { LAYER, NODE_LAYER } from "../../layer/paths.ts";

/** The layer's wrapper, with the engine. */
export const WRAPPER = join(LAYER, "wrapper");

/** The same with Node in place of the engine. */
export const NODE_WRAPPER = join(NODE_LAYER, "wrapper");

/** What was built, by name: without Rust there is no engine, and test/run.ts says so. */
export const WRAPPERS = Object.entries({ engine: WRAPPER, Node: NODE_WRAPPER }).filter(([, path]) => existsSync(path));
