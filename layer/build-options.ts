import { parseArgs } from "node:util";
import type { Architecture } from "../package/layer-zip.ts";
import { ARCHITECTURE, type Kind } from "./paths.ts";

/** What a build makes: each of these layers for each of these architectures. */
export type BuildOptions = { architectures: Architecture[]; kinds: Kind[] };

/** Reads a command line. Throws where it has an option or a value that there is not. */
export function readOptions(args: string[]): BuildOptions {
  const { values } = parseArgs({ args, options: OPTIONS });
  return {
    architectures: choose("--arch", values.arch, ["x86_64", "arm64"]),
    kinds: choose("--layer", values.layer, ["plain", "live"]),
  };
}

const OPTIONS = {
  arch: { type: "string", default: ARCHITECTURE },
  layer: { type: "string", default: "all" },
} as const;

function choose<Value extends string>(option: string, given: string, values: Value[]): Value[] {
  const chosen = given === "all" ? values : values.filter((value) => value === given);
  if (chosen.length === 0) throw new Error(`${option} is ${values.join(", ")} or all, not ${JSON.stringify(given)}.`);
  return chosen;
}
