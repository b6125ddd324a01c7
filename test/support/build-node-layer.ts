// Before jest's tests: the tree in which Node stands in for the engine, for this run alone.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildNodeLayer } from "../../layer/tree.ts";

export default async function buildForTests(): Promise<void> {
  const layer = mkdtempSync(join(tmpdir(), "node-layer-"));
  process.on("exit", () => rmSync(layer, { recursive: true }));
  await buildNodeLayer(layer);
  process.env.NODE_LAYER = layer;
}
