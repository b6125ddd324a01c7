import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Architecture } from "../package/layer-zip.ts";
import { buildEngine } from "./build-engine.ts";
import { type Kind, treePath, zipPath } from "./paths.ts";
import { thirdPartyLicenses } from "./third-party/licenses.ts";
import { bundledPackages } from "./third-party/packages.ts";
import { renderSbom } from "./third-party/sbom.ts";
import { buildLayer } from "./tree.ts";
import { zipLayer } from "./zip.ts";

/** Makes a layer's tree, its zip and the zip's SBOM in dist/, and returns their paths. */
export async function makeLayer(kind: Kind, architecture: Architecture): Promise<string[]> {
  const tree = treePath(kind, architecture);
  const zip = zipPath(kind, architecture);
  const sbom = zip.replace(/\.zip$/, ".cdx.json");
  const metafiles = await buildLayer(buildEngine(kind, architecture), tree, kind, buildEngine(kind));
  const packages = bundledPackages(metafiles);
  writeFileSync(join(tree, "secrets-wrapper", "THIRD-PARTY-LICENSES"), thirdPartyLicenses(packages));
  zipLayer(tree, zip);
  writeFileSync(sbom, renderSbom(basename(zip), packages, kind, architecture));
  return [tree, zip, sbom];
}
