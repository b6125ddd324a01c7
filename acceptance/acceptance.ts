// Usage: npm run acceptance [-- --rounds N]. Deploys functions to the caller's AWS account, compares what they see with
// what is stored, measures N cold starts of some (10), writes docs/acceptance.md, and destroys everything.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { VERSION } from "../core/host/version.ts";
import { layerZip } from "../package/layer-zip.ts";
import { deleteLayers } from "./delete-layers.ts";
import { renderAcceptance, type Seen } from "./document.ts";
import { missingForImages, pushImages } from "./images.ts";
import { measureInits } from "./measure-inits.ts";
import { makePackages } from "./packages.ts";
import { DOCUMENT } from "./paths.ts";
import { seeAll } from "./see-all.ts";
import { apply, destroy, output, type Variables } from "./terraform.ts";
import { makeValues } from "./values.ts";

const NAME = "secrets-wrapper-acceptance";
const ARCHITECTURES = ["x86_64", "arm64"] as const;
const LAYERS = ARCHITECTURES.map((architecture) => `${NAME}-${architecture}`);

const { rounds } = parseArgs({ options: { rounds: { type: "string", default: "10" } } }).values;
const lambda = new LambdaClient();

const folder = mkdtempSync(join(tmpdir(), "acceptance-"));
const { packages, missing } = makePackages(folder);
const values = makeValues();
const zips = Object.fromEntries(ARCHITECTURES.map((architecture) => [architecture, layerZip(architecture)]));
const variables: Variables = { name: NAME, layer_zips: zips, packages, values };

try {
  deploy();
  const seen = await seeAll(lambda, output("functions"), values);
  for (const { name, faults } of seen) for (const fault of faults) console.log(`${name}: ${fault}`);
  if (seen.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
  await writeDocument(seen);
} finally {
  await removeAll();
}

function deploy(): void {
  const noImages = missingForImages();
  if (noImages) {
    missing.push(noImages);
  } else {
    apply(variables, "-target=aws_ecr_repository.this");
    variables.image_uris = pushImages(output("repository_url"), zips, folder);
  }
  apply(variables);
}

async function writeDocument(seen: Seen[]): Promise<void> {
  const inits = await measureInits(lambda, output("functions"), Number(rounds));
  const date = new Date().toISOString().slice(0, 10);
  const region = await lambda.config.region();
  writeFileSync(DOCUMENT, renderAcceptance({ date, version: VERSION, region, seen, inits, missing }));
}

async function removeAll(): Promise<void> {
  try {
    destroy(variables);
  } finally {
    await deleteLayers(lambda, LAYERS);
    rmSync(folder, { recursive: true });
  }
}
