import type { Metafile } from "esbuild";
import { packageLicenses } from "../layer/third-party/package-licenses.ts";
import { bundledPackages } from "../layer/third-party/packages.ts";
import { renderLicenses } from "../layer/third-party/render-licenses.ts";

/** The licences of all npm packages of which code is in these bundles, as they ask for. Throws where one has none. */
export function noticesOf(bundles: Metafile[]): string {
  return renderLicenses("This package", packageLicenses(bundledPackages(bundles)));
}
