import type { Architecture } from "../../package/layer-zip.ts";
import type { Kind } from "../paths.ts";
import { crateBom } from "./crate-bom.ts";
import { packageBom } from "./package-bom.ts";
import type { Package } from "./packages.ts";

/** The CycloneDX SBOM of a layer's zip: the npm packages in its programs, and the crates in its engine. */
export function renderSbom(zip: string, packages: Package[], kind: Kind, architecture: Architecture): string {
  const npm = packageBom(zip, packages);
  const { metadata, components, dependencies } = crateBom(kind, architecture);
  const engine = metadata.component;
  const ofLayer = npm.dependencies?.map((dependency) =>
    dependency.ref === zip
      ? { ...dependency, dependsOn: [...(dependency.dependsOn ?? []), engine["bom-ref"]] }
      : dependency,
  );
  const bom = {
    ...npm,
    components: [...(npm.components ?? []), engine, ...components],
    dependencies: [...(ofLayer ?? []), ...dependencies],
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}
