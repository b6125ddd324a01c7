import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { ROOT } from "../paths.ts";

export type Manifest = { name: string; version: string; license: string; dependencies?: Record<string, string> };

/** An npm package that has code in the layer. */
export type Package = { folder: string; manifest: Manifest };

/** What esbuild took from npm, by folder. */
export function bundledPackages(metafiles: Metafile[]): Package[] {
  const outputs = metafiles.flatMap((metafile) => Object.values(metafile.outputs));
  const sources = outputs.flatMap(({ inputs }) => Object.entries(inputs));
  const folders = sources.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? packageOf(path) : []));
  return [...new Set(folders)].sort().map((name) => {
    const folder = join(ROOT, name);
    return { folder, manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) };
  });
}

function packageOf(path: string): string[] {
  const [, folder] = /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return folder ? [folder] : [];
}
