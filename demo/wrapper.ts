import { join } from "node:path";
import { buildEngine } from "../layer/build-engine.ts";
import { LAYER, NODE_LAYER } from "../layer/paths.ts";
import { buildLayer, buildNodeLayer } from "../layer/tree.ts";

/** Builds what this machine can, and gives the wrapper to start programs through. */
export async function buildWrapper(): Promise<{ wrapper: string; host: string }> {
  await buildNodeLayer(NODE_LAYER);
  const engine = tryEngine();
  if (!engine) return { wrapper: join(NODE_LAYER, "wrapper"), host: `Node ${process.version}` };
  buildLayer(engine);
  return { wrapper: join(LAYER, "wrapper"), host: "the layer's native engine" };
}

function tryEngine(): string | undefined {
  try {
    return buildEngine()?.file;
  } catch {
    console.error("The engine could not be built (see above). The demo goes on with Node in its place.");
    return undefined;
  }
}
