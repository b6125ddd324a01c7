import { crateLicenses } from "./crate-licenses.ts";
import { libraryLicenses } from "./library-licenses.ts";
import { packageLicenses } from "./package-licenses.ts";
import type { Package } from "./packages.ts";
import { renderLicenses } from "./render-licenses.ts";

/** The text of THIRD-PARTY-LICENSES: of all that others have written in a layer's files, for any architecture. */
export function thirdPartyLicenses(packages: Package[]): string {
  return renderLicenses("This layer", [...packageLicenses(packages), ...crateLicenses(), ...libraryLicenses()]);
}
