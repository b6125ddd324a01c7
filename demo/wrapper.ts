import { join } from "node:path";
import { buildEngine } from "../layer/build-engine.ts";
import { buildLayer, buildNodeLayer } from "../layer/tree.ts";

/** Builds the layer into a folder, on Node where this machine cannot build the engine, and gives the wrapper. */
export async function buildWrapper(folder: string): Promise<{ wrapper: string; host: string }> {
  const engine = tryEngine();
  await (engine ? buildLayer(engine, folder) : buildNodeLayer(folder));
  return { wrapper: join(folder, "wrapper"), host: engine ? "the layer's native engine" : `Node ${process.version}` };
}

function tryEngine(): string | undefined {
  try {
    return buildEngine();
  } catch (error) {
    console.error(
      `The demo runs on Node in place of the layer's engine: ${error instanceof Error ? error.message : error}`,
    );
    return undefined;
  }
}
