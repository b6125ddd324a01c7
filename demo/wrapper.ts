import { join } from "node:path";
import { buildEngine } from "../layer/build-engine.ts";
import { buildLayer, buildNodeLayer } from "../layer/tree.ts";

/** The wrapper's path, and what it runs on. */
export type Wrapper = { path: string; host: string };

/** Builds the layer into a folder, on Node where this machine cannot build the engine. */
export async function buildWrapper(folder: string): Promise<Wrapper> {
  const engine = tryEngine();
  await (engine ? buildLayer(engine, folder) : buildNodeLayer(folder));
  return { path: join(folder, "wrapper"), host: engine ? "the layer's native engine" : NODE };
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

const NODE = `Node ${process.version}, for development, not on the layer's engine`;
