import { checkOptions } from "../../core/config/check-options.ts";
import { type Entries, parseEntries } from "../../core/config/parse.ts";
import { readSecretsVariable } from "../../core/config/secrets-variable.ts";

/** The entries of a text of SECRETS. */
export function parseSecrets(text: string): Entries {
  const list = readSecretsVariable(text);
  if (list.ok) return parseEntries(list.value, checkOptions);
  return { entries: [], faults: [list.error], locations: new Map() };
}
