import { success } from "../core/fault/result.ts";
import type { Env } from "../core/host/env.ts";
import type { Log } from "../core/host/log.ts";
import { VERSION } from "../core/host/version.ts";
import { buildEnvironment } from "../core/values/variables.ts";
import type { FetchOutcomes } from "./fetch-from-services.ts";
import { fetchValues } from "./fetch-values.ts";
import { invalid, type Outcome, unavailable } from "./outcome.ts";
import { prepareCheck } from "./prepare.ts";

type Host = { fetch: FetchOutcomes; stdout(text: string): void };

/** Prints what was found, in place of a start. Fails where a start would. */
export async function check(
  env: Env,
  log: Log,
  { fetch, stdout }: Host,
  form: "table" | "json" = "table",
): Promise<Outcome> {
  const prepared = await prepareCheck(env);
  if (!prepared.ok) return invalid(prepared.error);
  log("INFO", `Checking with secrets-wrapper ${VERSION}.`);
  const entries = [...(await fetchValues(prepared.value, log, fetch)).entries];
  // Loaded only here: a start prints nothing.
  const { formatCheck, formatCheckAsJson } = await import("./check-table.ts");
  const checked = entries.map((entry) => ({ ...entry, ...buildEnvironment([entry]) }));
  stdout(form === "json" ? formatCheckAsJson(checked) : formatCheck(checked));
  const { faults } = buildEnvironment(entries);
  return faults.length > 0 ? unavailable(faults) : success(undefined);
}
