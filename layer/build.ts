// Usage: npm run build [-- --arch x86_64|arm64|all] [--layer plain|live|all]
// Makes the layers' trees and zips in dist/, by default both layers for this machine's architecture, or fails and says
// what to install.

import { rmSync } from "node:fs";
import { readOptions } from "./build-options.ts";
import { makeLayer } from "./make-layer.ts";
import { DIST } from "./paths.ts";
import { writeSums } from "./sums.ts";

try {
  const { architectures, kinds } = readOptions(process.argv.slice(2));
  // No zip of an earlier build may pass for one of this.
  rmSync(DIST, { recursive: true, force: true });
  const made: string[] = [];
  for (const architecture of architectures) {
    for (const kind of kinds) made.push(...(await makeLayer(kind, architecture)));
  }
  console.log(`Made ${[...made, writeSums(DIST)].join(", ")}.`);
} catch (error) {
  console.error(`The layers were not built: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
