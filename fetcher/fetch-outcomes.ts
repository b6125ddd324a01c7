import { endpointOf } from "../core/config/service.ts";
import type { Problem } from "../core/fault/fault.ts";
import { fetchAll } from "../core/sources/fetch-all.ts";
import { createSource } from "../core/sources/source.ts";
import { describeWaiting } from "../core/sources/waiting.ts";
import type { FetchOutcomes } from "./fetch-from-services.ts";

/** With the SDK, which takes as long to load as everything before it. */
export const fetchOutcomes: FetchOutcomes = ({ settings, plan, credentials }, deadline, log) => {
  const failures = new Map<string, Problem>();
  const source = createSource(settings, credentials, (request, problem) => failures.set(endpointOf(request), problem));
  return fetchAll(plan, source, deadline, (waiting) => {
    for (const line of describeWaiting(waiting, plan, failures)) log("WARN", line);
  });
};
