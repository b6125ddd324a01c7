import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OnResolveArgs, OnResolveResult, Plugin } from "esbuild";
import { ROOT } from "./paths.ts";

/** Leaves a module out of the bundle: it is loaded beside it, as `name`.mjs, where it is imported. */
export function externalizeStandalone(name: string): Plugin {
  return resolvePlugin("externalize-standalone", [new RegExp(`/${name}\\.ts$`)], ({ kind }) =>
    kind === "dynamic-import" ? { path: `./${name}.mjs`, external: true } : undefined,
  );
}

/** When imported, the SDK's own make tables: a twentieth of the time to the first request. */
export const replaceHexTables = resolvePlugin("replace-hex-tables", [/\/hex-encoding$/, /\/uuid\/v4$/], () => ({
  path: join(ROOT, "core", "sources", "sdk", "hex.ts"),
}));

/** A fifth of the SDK's code: what a client falls back to where its configuration says nothing. */
export const dropDefaults = resolvePlugin(
  "drop-defaults",
  [
    /^@smithy\/core\/checksum$/,
    /^@smithy\/fetch-http-handler$/,
    /^@smithy\/signature-v4$/,
    /\/AdaptiveRetryStrategy$/,
    /\/StandardRetryStrategy$/,
  ],
  () => ({ path: join(ROOT, "core", "sources", "sdk", "defaults.ts") }),
);

/** Of its own package.json a client reads the version. */
export const keepVersion: Plugin = {
  name: "keep-version",
  setup({ onLoad }) {
    onLoad({ filter: /\/@aws-sdk\/client-[a-z-]+\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};

/** Resolves the imports that match. Fails the build where a filter finds none, as after a dependency moves its files. */
export function resolvePlugin(
  name: string,
  filters: RegExp[],
  resolve: (args: OnResolveArgs) => OnResolveResult | undefined,
): Plugin {
  return {
    name,
    setup({ onResolve, onEnd }) {
      const unmatched = new Set(filters);
      for (const filter of filters) {
        onResolve({ filter }, (args) => {
          const resolved = resolve(args);
          if (resolved) unmatched.delete(filter);
          return resolved;
        });
      }
      onEnd(() => ({ errors: [...unmatched].map((filter) => ({ text: `${name}: no import matches ${filter}` })) }));
    },
  };
}
