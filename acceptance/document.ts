import { describeSpread, toSpread } from "../bench/statistics.ts";
import { table } from "../bench/table.ts";
import type { Deployed } from "./deployed.ts";

/** A function and what was wrong: nothing, where it has seen what it should. */
export type Seen = { name: string; deployed: Deployed; faults: string[] };

/** The milliseconds of init of a function's cold starts. */
export type Init = { deployed: Deployed; times: number[] };

export type Acceptance = {
  date: string;
  version: string;
  region: string;
  seen: Seen[];
  inits: Init[];
  /** Why something was not deployed. */
  missing: string[];
};

/** docs/acceptance.md. */
export function renderAcceptance({ date, version, region, seen, inits, missing }: Acceptance): string {
  const rounds = Math.max(0, ...inits.map(({ times }) => times.length));
  const sections = [
    "# On AWS",
    `Made by \`npm run acceptance\` on ${date}: secrets-wrapper ${version} in ${region}, deployed by [examples/acceptance](../examples/acceptance).`,
    "## What functions see",
    "Each returns the SHA-256 of its variables: a text, a JSON key, a secret by ARN, one with a customer managed key, parameters by name and path, an optional secret that does not exist, and one that EventBridge manages. A function without a route has to fail, with the wrapper's report.",
    table(["Function", "Runtime", "Architecture", "Result"], seen.map(toRow)),
    ...(missing.length > 0 ? [`Not deployed: ${missing.join(", ")}.`] : []),
    "## Duration of init",
    table(
      ["Memory (MB)", "Architecture", "Without the layer (ms)", "With it (ms)", "Difference of medians (ms)"],
      initRows(inits),
    ),
    `Median (middle half) of ${rounds} cold starts, from Lambda's REPORT lines. Init with the layer includes fetching the secrets above.`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function toRow({ name, deployed, faults }: Seen): string[] {
  return [name, deployed.runtime, deployed.architecture, faults.length === 0 ? "as expected" : faults.join("; ")];
}

function initRows(inits: Init[]): string[][] {
  return inits.flatMap(({ deployed, times }) => {
    const plain = inits.find(({ deployed: other }) => isSameWithout(other, deployed));
    if (!plain) return [];
    const [without, withLayer] = [toSpread(plain.times), toSpread(times)];
    const difference = (withLayer.median - without.median).toFixed(1);
    return [
      [String(deployed.memory), deployed.architecture, describeSpread(without), describeSpread(withLayer), difference],
    ];
  });
}

function isSameWithout(one: Deployed, withLayer: Deployed): boolean {
  return (
    withLayer.layer && !one.layer && one.memory === withLayer.memory && one.architecture === withLayer.architecture
  );
}
