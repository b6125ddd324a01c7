import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Contrib, Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import { PackageURL } from "packageurl-js";
import parseExpression from "spdx-expression-parse";
import { ROOT } from "../paths.ts";
import type { Manifest, Package } from "./packages.ts";

const { ComponentBuilder } = Contrib.FromNodePackageJson.Builders;
const { ExternalReferenceFactory } = Contrib.FromNodePackageJson.Factories;
const { LicenseFactory } = Contrib.License.Factories;
const builder = new ComponentBuilder(new ExternalReferenceFactory(), new LicenseFactory(parseExpression));
const normalizer = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot5).makeForBom();

/** A layer, by the name of its zip, and the npm packages in it. */
export function packageBom(layer: string, packages: Package[]): Serialize.JSON.Types.Normalized.Bom {
  const { version, devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const root = new Models.Component(Enums.ComponentType.Application, layer, { version, bomRef: layer });
  const components = new Map(packages.map(({ manifest }) => [manifest.name, componentOf(manifest)]));
  link(root, devDependencies, components);
  for (const { manifest } of packages) link(components.get(manifest.name), manifest.dependencies, components);
  const metadata = new Models.Metadata({ component: root });
  const bom = new Models.Bom({ metadata, components: new Models.ComponentRepository(components.values()) });
  return normalizer.normalize(bom, { sortLists: true });
}

function componentOf(manifest: Manifest): Models.Component {
  const component = builder.makeComponent(manifest);
  if (!component) throw new Error(`${manifest.name} has a package.json that cannot be read.`);
  component.purl = new PackageURL("npm", component.group, component.name, component.version).toString();
  component.bomRef.value = component.purl;
  return component;
}

/** Those of its dependencies that the bundles took something from. */
function link(component: Models.Component | undefined, dependencies: object = {}, all: Map<string, Models.Component>) {
  for (const name of Object.keys(dependencies)) {
    const dependency = all.get(name);
    if (dependency) component?.dependencies.add(dependency.bomRef);
  }
}
