import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { ROOT } from "./paths.ts";

/**
 * Bundles the fetcher with all it imports into ES modules in a folder, for the engine and for Node:
 * fetcher.mjs, and one more for each part that is imported only where it is needed.
 */
export async function bundleFetcher(outdir: string): Promise<void> {
  await bundleParts(PROGRAM, "fetcher", outdir);
  await bundleParts(APART_SOURCE, APART, outdir);
}

/** Shares nothing with the other parts, not even esbuild's helpers: those would be one part more at every start. */
const APART = "x509-svid";
const PROGRAM = join(ROOT, "fetcher", "main.ts");
const APART_SOURCE = join(ROOT, "core", "values", "svid", `${APART}.ts`);

async function bundleParts(source: string, name: string, outdir: string): Promise<void> {
  await bundle({
    entryPoints: { [name]: source },
    outdir,
    splitting: true,
    outExtension: { ".js": ".mjs" },
    // What parts share is one part more, which costs every start: two would have one name, and fail.
    chunkNames: "[name]",
    // The SDK's build without Node's HTTP client, profile files and credential providers.
    platform: "browser",
    mainFields: ["module", "main"],
    // The SDK imports these two for operations with event streams, and to name a user's browser.
    external: ["node:*", "@smithy/core/event-streams", "bowser"],
    plugins: [withoutFormatter, withoutTables, leavingApart],
  });
}

const leavingApart: Plugin = {
  name: "leaving-apart",
  setup: ({ onResolve }) =>
    onResolve({ filter: new RegExp(`/${APART}\\.ts$`) }, ({ kind }) =>
      kind === "dynamic-import" ? { path: `./${APART}.mjs`, external: true } : undefined,
    ),
};

/** When imported, jsonc-parser makes 1,200 indentations for its formatter: a tenth of the time to the first request. */
const withoutFormatter: Plugin = {
  name: "without-formatter",
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/string-intern$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, `${path}.js`),
      sideEffects: false,
    })),
};

/** When imported, the SDK's own make tables: a twentieth of the time to the first request. */
const withoutTables: Plugin = {
  name: "without-tables",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/(hex-encoding|uuid\/v4)$/ }, () => ({
      path: join(ROOT, "core", "sources", "sdk", "hex.ts"),
    })),
};

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
