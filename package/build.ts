// Usage: npm run package, after npm run build -- --arch all. Makes what a release has beside the zips: the npm package's
// programs, construct and types, and the archive of the Terraform module. npm pack runs both.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DIST } from "../layer/paths.ts";
import { writeSums } from "../layer/sums.ts";
import { bundleCli, bundleConstruct } from "./bundle.ts";
import { archiveModule } from "./module-archive.ts";
import { noticesOf } from "./notices.ts";
import { emitTypes } from "./types.ts";

try {
  archiveModule(join(DIST, "terraform-module.zip"));
  writeSums(DIST);
  const bundles = [await bundleCli(join(DIST, "cli.mjs")), await bundleConstruct(join(DIST, "cdk"))];
  writeFileSync(join(DIST, "THIRD-PARTY-LICENSES"), noticesOf(bundles));
  emitTypes(join(DIST, "types"));
  console.log(`Made terraform-module.zip and what the npm package has beside the zips in ${DIST}.`);
} catch (error) {
  console.error(`The package was not built: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
