import type { Fault } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import type { Env } from "../host/env.ts";
import { readCaBundle } from "./ca-bundle.ts";
import { readEntries } from "./entries.ts";
import { loadProxy } from "./load-proxy.ts";
import { type PlannedEntry, planRequests } from "./plan.ts";
import { readSettings, type Settings } from "./settings.ts";
import { findSharedPaths } from "./shared-paths.ts";

/** How to fetch, and what. */
export type Config = { settings: Settings; plan: PlannedEntry[] };

/** Reads the environment and the file of SECRETS_FILE, and checks all that can be checked without a call. */
export async function readConfig(env: Env): Promise<Result<Config, Fault[]>> {
  const { settings, faults } = readSettings(env);
  const parsed = await readEntries(env);
  const { plan, faults: unplanned } = planRequests(parsed.entries, settings.region);
  const all = [...faults, ...parsed.faults, ...findSharedPaths(parsed.entries), ...unplanned];
  if (parsed.entries.length + parsed.faults.length === 0) {
    return all.length > 0 ? failure(all) : success({ settings, plan });
  }
  const connection = await readConnection(env);
  if (!connection.ok) all.push(connection.error);
  if (!connection.ok || all.length > 0) return failure(all);
  return success({ settings: { ...settings, ...connection.value }, plan });
}

/** Whom to trust, and the way to the services: for what is fetched at all. */
export async function readConnection(env: Env): Promise<Result<Pick<Settings, "ca" | "proxyFor">, Fault>> {
  const ca = readCaBundle(env);
  if (!ca.ok) return ca;
  const proxyFor = await loadProxy(env);
  return success({ ...(ca.value && { ca: ca.value }), ...(proxyFor && { proxyFor }) });
}
