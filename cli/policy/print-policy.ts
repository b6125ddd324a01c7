import { resolve } from "node:path";
import { decryptStatements } from "../../policy/decrypt-statements.ts";
import { policyStatements } from "../../policy/policy-statements.ts";
import { validEntries } from "../valid-entries.ts";
import { findPlace } from "./place.ts";

export type PolicyOptions = { secrets?: string; region?: string; account?: string; kmsKey: string[] };

/** Prints the least policy for SECRETS, or for a file of entries. */
export async function printPolicy({ secrets, kmsKey, ...options }: PolicyOptions): Promise<void> {
  const entries = await validEntries(secrets === undefined ? process.env : { SECRETS_FILE: resolve(secrets) });
  if (entries.length === 0) throw new Error("SECRETS has no entries: the function needs no policy.");
  const place = await findPlace(entries, options);
  const Statement = [...policyStatements(entries, place), ...decryptStatements(entries, place, kmsKey)];
  console.log(JSON.stringify({ Version: "2012-10-17", Statement }, null, 2));
}
