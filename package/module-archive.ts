import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../layer/paths.ts";
import { zipFiles } from "../layer/zip.ts";
import { ARCHITECTURES, layerZip } from "./layer-zip.ts";

const MODULE = join(ROOT, "terraform");

/** Zips the Terraform module with the layer's zips beside it, as Terraform takes a module from a URL. */
export function archiveModule(archive: string): void {
  const layerZips = ARCHITECTURES.flatMap((architecture) =>
    [false, true].map((live) => layerZip(architecture, { live })),
  );
  const files = [
    ...moduleFiles().map((name) => [name, join(MODULE, name)] as const),
    ...[join(ROOT, "LICENSE"), ...layerZips].map((path) => [basename(path), path] as const),
  ];
  const contents = files.sort().map(([name, path]) => [name, readFileSync(path)] as const);
  zipFiles(Object.fromEntries(contents), archive);
}

/** What users need of the module, by path in it: not its tests and examples, nor the settings of its tools. */
function moduleFiles(): string[] {
  const names = readdirSync(MODULE, { recursive: true, encoding: "utf8" });
  return names.filter((name) => /^(?:modules\/\w+\/|tests\/mocks\/)?\w[\w.-]*\.(?:tf|json|md|hcl)$/.test(name));
}
