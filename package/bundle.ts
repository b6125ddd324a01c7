import { chmodSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { ROOT } from "../layer/paths.ts";

/** Bundles the command-line program with all it imports into one executable file for Node. */
export async function bundleCli(outfile: string): Promise<Metafile> {
  const metafile = await bundle({
    entryPoints: [join(ROOT, "cli", "main.ts")],
    outfile,
    format: "esm",
    banner: { js: REQUIRE },
  });
  chmodSync(outfile, 0o755);
  return metafile;
}

/** Bundles the CDK construct as an ES module and for CommonJS: `outfile`.mjs and .cjs. The app has CDK itself. */
export async function bundleConstruct(outfile: string): Promise<Metafile> {
  const options = { entryPoints: [join(ROOT, "cdk", "index.ts")], external: ["aws-cdk-lib", "constructs"] };
  await bundle({
    ...options,
    outfile: `${outfile}.cjs`,
    format: "cjs",
    define: { "import.meta.url": "importMetaUrl" },
    banner: { js: IMPORT_META_URL },
  });
  return await bundle({ ...options, outfile: `${outfile}.mjs`, format: "esm" });
}

async function bundle(options: BuildOptions): Promise<Metafile> {
  const { metafile } = await build({
    bundle: true,
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    minify: true,
    // Stack traces and errors say them.
    keepNames: true,
    legalComments: "none",
    logLevel: "warning",
    absWorkingDir: ROOT,
    ...options,
    metafile: true,
  });
  return metafile;
}

/** CommonJS packages in a bundle of ES modules require Node's own modules. */
const REQUIRE =
  'import { createRequire as createRequireOfBundle } from "node:module";\nconst require = createRequireOfBundle(import.meta.url);';
const IMPORT_META_URL = 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;';
