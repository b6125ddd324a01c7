// Before jest's tests: the trees in which Node stands in for the engine, for this run alone.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildNodeLayer } from "../../layer/tree.ts";

export default async function buildForTests(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "node-layer-"));
  process.on("exit", () => rmSync(folder, { recursive: true }));
  process.env.NODE_LAYER = join(folder, "plain");
  process.env.NODE_LIVE_LAYER = join(folder, "live");
  await buildNodeLayer(process.env.NODE_LAYER);
  await buildNodeLayer(process.env.NODE_LIVE_LAYER, "live");
}
