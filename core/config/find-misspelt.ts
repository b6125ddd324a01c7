import type { Env } from "../host/env.ts";
import { grammar } from "./grammar.ts";

/** A message for each variable that looks like one of this program's settings and is not one. */
export async function findMisspelt(env: Env): Promise<string[]> {
  const names = Object.keys(env).filter((name) => isSimilar(name) && !grammar.ownNames.includes(name));
  if (names.length === 0) return [];
  // Names as common as SECRET are for something else where SECRETS is set.
  const settings = grammar.ownNames.filter((name) => name !== "SECRETS" || !hasSecrets(env));
  // Loaded only here: most functions have no such variable.
  const { describeMisspelt } = await import("./misspelt.ts");
  return describeMisspelt(names, settings);
}

/** A cheap test for almost every name within two edits of a setting, and hardly any other. */
function isSimilar(name: string): boolean {
  return name.length <= MAX_LENGTH && (name.includes("SEC") || name.includes("RET")) && !name.startsWith("AWS_");
}

const MAX_LENGTH = 22;

function hasSecrets({ SECRETS, SECRETS_FILE }: Env): boolean {
  return (SECRETS ?? SECRETS_FILE) !== undefined;
}
