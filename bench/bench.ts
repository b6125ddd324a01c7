// Usage: npm run bench -- [--rounds N] [--peer NAME=COMMAND]... [--rtt MS] [--cpu SHARE]
//        npm run bench -- [--rounds N] [--peer NAME=COMMAND]... [--all-conditions] [--save]
//        npm run bench -- --live [--rounds N] [--requests N]
//        npm run bench -- --growth [--rounds N] [--save]
//        npm run bench -- --cold-start [--rounds N] [--save]
//
// Prints what it takes until a program has its secrets, with this layer and in other ways, all measured
// in turn: time, processor time, memory, size. A peer's COMMAND is run by sh; it is to start $PROGRAM
// (unquoted: it may have arguments) with one variable for each secret in $SECRET_NAMES, of the secret's
// own name. --rtt has round trips to the store take so long; --cpu leaves each process that is measured such a
// share of one processor, 0.07 for a fourteenth. --all-conditions does a run without conditions and one under each.
// --save keeps the figures in bench/results.json, growth.json or cold-start.json, of which npm run performance makes
// docs/performance.md.
//
// With --live: how fast and how steadily the live cache serves, beside Node's own server; whether all
// that it serves is whole while secrets rotate; what it adds to a cold start; what it does when idle.
//
// With --growth: what a start costs as its configuration, secrets and parameters grow. With --cold-start: how long
// functions in Python, Node and Java take until they are ready, with the layer and without it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { benchColdStart } from "./cold-start/bench-cold-start.ts";
import { benchGrowth } from "./growth/bench-growth.ts";
import { benchLive } from "./live/bench-live.ts";
import { readOptions } from "./options.ts";
import { benchStart } from "./start/bench-start.ts";

const folder = mkdtempSync(join(tmpdir(), "secrets-wrapper-bench-"));
try {
  const options = readOptions(process.argv.slice(2));
  if (options.live) await benchLive(options, folder);
  else if (options.growth) await benchGrowth(options, folder);
  else if (options.coldStart) await benchColdStart(options, folder);
  else await benchStart(options, folder);
} catch (error) {
  console.error(`bench: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
