import { join } from "node:path";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";
import { ROOT } from "./paths.ts";
import { dropDefaults, externalizeStandalone, keepVersion, replaceHexTables } from "./plugins.ts";

type Program = { name: string; source: string };

const FETCHER: Program = { name: "fetcher", source: "fetcher/main.ts" };
/** The wrapper's program in the live layer, which asks the cache first. */
const LIVE_FETCHER: Program = { name: "fetcher", source: "fetcher/live.ts" };
const CACHE: Program = { name: "cache", source: "cache/main.ts" };

/** Bundles the wrapper's program; in the live layer, the one that asks the cache. Says what is in it. */
export function bundleFetcher(outdir: string, isLive = false): Promise<Metafile[]> {
  return bundleProgram(isLive ? LIVE_FETCHER : FETCHER, outdir);
}

export function bundleCache(outdir: string): Promise<Metafile[]> {
  return bundleProgram(CACHE, outdir);
}

/**
 * Bundles a program with all it imports into ES modules in a folder, for the engine and for Node: NAME.mjs, and one
 * more for each part that is imported only where it is needed.
 */
async function bundleProgram({ name, source }: Program, outdir: string): Promise<Metafile[]> {
  const standalone = Object.keys(STANDALONE).map(externalizeStandalone);
  const plugins = [dropDefaults, keepVersion, replaceHexTables, ...standalone];
  const metafiles = [await bundleModules(name, source, outdir, plugins)];
  for (const [part, source] of Object.entries(STANDALONE)) metafiles.push(await bundleModules(part, source, outdir));
  return metafiles;
}

/** Each has copies of all it imports: what modules share, were it only esbuild's helpers, is loaded at every start. */
const STANDALONE = {
  "check-options": "core/config/check-options.ts",
  "x509-svid": "core/values/svid/x509-svid.ts",
  proxy: "core/config/proxy.ts",
  explain: "core/sources/explain/explain.ts",
};

function bundleModules(name: string, source: string, outdir: string, plugins: Plugin[] = []): Promise<Metafile> {
  return bundle({
    entryPoints: { [name]: join(ROOT, source) },
    outdir,
    splitting: true,
    outExtension: { ".js": ".mjs" },
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

async function bundle(options: BuildOptions): Promise<Metafile> {
  const { metafile } = await build({
    // The names of parts depend on the paths of sources, from here and as they are imported: node_modules may be a link.
    absWorkingDir: ROOT,
    preserveSymlinks: true,
    bundle: true,
    format: "esm",
    target: "es2023",
    minify: true,
    // THIRD-PARTY-LICENSES has what they say.
    legalComments: "none",
    logLevel: "warning",
    ...options,
    metafile: true,
  });
  return metafile;
}
