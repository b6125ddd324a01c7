import { check } from "../../fetcher/check.ts";
import { fetchFromServices } from "../../fetcher/fetch-from-services.ts";
import { attempt } from "../../fetcher/outcome.ts";
import { prepareHost } from "./host.ts";
import { reportLocally } from "./local-log.ts";

/** Prints what a function with these entries would find. Gives the status to exit with. */
export async function checkSecrets(form: "table" | "json", file?: string): Promise<number> {
  const { caller, env, log } = await prepareHost(file);
  const host = { fetch: fetchFromServices, stdout: (text: string) => process.stdout.write(text) };
  const outcome = await attempt(env, log, () => check(env, log, host, form));
  if (outcome.ok) return 0;
  reportLocally(outcome.error, caller, log, "The function would not start");
  return 1;
}
