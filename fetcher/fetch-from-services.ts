import type { Deadline } from "../core/host/deadline.ts";
import type { Log } from "../core/host/log.ts";
import type { Outcomes } from "../core/sources/fetch-all.ts";
import { preconnectFor } from "../core/sources/preconnect.ts";
import type { PreparedCheck } from "./prepare.ts";

/** Gets the outcome of every request of the plan, within the time limit. */
export type FetchOutcomes = (prepared: PreparedCheck, deadline: Deadline, log: Log) => Promise<Outcomes>;

/** From the services themselves. */
export const fetchFromServices: FetchOutcomes = async (prepared, deadline, log) => {
  const { plan, settings } = prepared;
  if (plan.length === 0) return new Map();
  preconnectFor(plan, settings, deadline);
  // Loaded only here: the connections are opened meanwhile.
  const { fetchOutcomes } = await import("./fetch-outcomes.ts");
  return await fetchOutcomes(prepared, deadline, log);
};
