import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { ROOT } from "./paths.ts";
import { dropFormatterStrings, externalizeStandalone, replaceHexTables } from "./plugins.ts";

/**
 * Bundles the fetcher with all it imports into ES modules in a folder, for the engine and for Node:
 * fetcher.mjs, and one more for each part that is imported only where it is needed.
 */
export async function bundleFetcher(outdir: string): Promise<void> {
  const plugins = [dropFormatterStrings, replaceHexTables, ...Object.keys(STANDALONE).map(externalizeStandalone)];
  await bundleModules("fetcher", "fetcher/main.ts", outdir, plugins);
  for (const [name, source] of Object.entries(STANDALONE)) await bundleModules(name, source, outdir, []);
}

/** Each has copies of all it imports: what modules share, were it only esbuild's helpers, is loaded at every start. */
const STANDALONE = {
  "check-options": "core/config/check-options.ts",
  "x509-svid": "core/values/svid/x509-svid.ts",
  proxy: "core/config/proxy.ts",
  explain: "core/sources/explain/explain.ts",
};

async function bundleModules(name: string, source: string, outdir: string, plugins: Plugin[]): Promise<void> {
  await bundle({
    entryPoints: { [name]: join(ROOT, source) },
    outdir,
    splitting: true,
    outExtension: { ".js": ".mjs" },
    // What modules share is one module more, which costs every start: two would have one name, and fail.
    chunkNames: "[name]",
    // The SDK's build without Node's HTTP client, profile files and credential providers.
    platform: "browser",
    mainFields: ["module", "main"],
    // The SDK imports these two for operations with event streams, and to name a user's browser.
    external: ["node:*", "@smithy/core/event-streams", "bowser"],
    plugins,
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
