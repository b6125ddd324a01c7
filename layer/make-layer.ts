import type { Architecture } from "../package/layer-zip.ts";
import { buildEngine } from "./build-engine.ts";
import { type Kind, treePath, zipPath } from "./paths.ts";
import { buildLayer } from "./tree.ts";
import { zipLayer } from "./zip.ts";

/** Makes a layer's tree and zip in dist/, and returns their paths. */
export async function makeLayer(kind: Kind, architecture: Architecture): Promise<string[]> {
  const tree = treePath(kind, architecture);
  const zip = zipPath(kind, architecture);
  await buildLayer(buildEngine(kind, architecture), tree, kind, buildEngine(kind));
  zipLayer(tree, zip);
  return [tree, zip];
}
