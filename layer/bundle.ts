import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "./paths.ts";

/** Bundles the fetcher with all it imports into one ES module, for the engine and for Node. */
export async function bundleFetcher(outfile: string): Promise<void> {
  await bundle({
    entryPoints: [join(ROOT, "fetcher", "main.ts")],
    outfile,
    // The SDK's build without Node's HTTP client, profile files and credential providers.
    platform: "browser",
    mainFields: ["module", "main"],
    external: ["node:*"],
  });
}

/** Bundles the stand-in that runs the fetcher on Node. */
export async function bundleNodeEngine(outfile: string): Promise<void> {
  await bundle({ entryPoints: [join(ROOT, "engine", "node", "engine.ts")], outfile, platform: "node" });
}

async function bundle(options: Parameters<typeof build>[0]): Promise<void> {
  await build({
    bundle: true,
    format: "esm",
    target: "es2023",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    ...options,
  });
}
