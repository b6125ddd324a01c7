import { endpointOf } from "../core/config/service.ts";
import type { Problem } from "../core/fault/fault.ts";
import type { Deadline } from "../core/host/deadline.ts";
import type { Log } from "../core/host/log.ts";
import { fetchAll, type Outcomes } from "../core/sources/fetch-all.ts";
import { createSource } from "../core/sources/source.ts";
import { describeWaiting } from "../core/sources/waiting.ts";
import type { PreparedCheck } from "./prepare.ts";

/** Gets the outcome of every request of the plan, within the time limit. */
export type FetchOutcomes = (prepared: PreparedCheck, deadline: Deadline, log: Log) => Promise<Outcomes>;

/** From the services themselves. */
export const fetchFromServices: FetchOutcomes = ({ settings, plan, credentials }, deadline, log) => {
  const failures = new Map<string, Problem>();
  const source = createSource(settings, credentials, (request, problem) => failures.set(endpointOf(request), problem));
  return fetchAll(plan, source, deadline, (waiting) => {
    for (const line of describeWaiting(waiting, plan, failures)) log("WARN", line);
  });
};
