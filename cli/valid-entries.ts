import { readEntries } from "../core/config/entries.ts";
import type { Entry } from "../core/config/parse.ts";
import { findSharedPaths } from "../core/config/shared-paths.ts";
import { count } from "../core/fault/fault.ts";
import { logFaults } from "../core/fault/report.ts";
import type { Env } from "../core/host/env.ts";

/** The entries of SECRETS and of SECRETS_FILE. Throws all their faults, in the wrapper's words. */
export async function validEntries(env: Env): Promise<Entry[]> {
  const { entries, faults: ofEntries } = await readEntries(env);
  const faults = [...ofEntries, ...findSharedPaths(entries)];
  if (faults.length === 0) return entries;
  const lines = [`SECRETS has ${count(faults.length, "fault")}:`];
  logFaults(
    { type: "Runtime.InvalidSecretsConfiguration", faults },
    (level, message) => {
      if (level === "ERROR") lines.push(String(message));
    },
    "",
  );
  throw new Error(lines.join("\n"));
}
