import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What SECRETS may say, and the faults found in it: for the fetcher's parser and for the Terraform module's. */
export type GrammarCase = {
  name: string;
  secrets: unknown;
  /** Subject and code, in order. */
  faults: string[];
};

export const GRAMMAR: GrammarCase[] = JSON.parse(readFileSync(join(__dirname, "..", "cases", "grammar.json"), "utf8"));
