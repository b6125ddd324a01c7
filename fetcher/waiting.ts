import type { Fetch, Planned } from "./plan.ts";
import { serviceOf } from "./service.ts";

/** For the log after one second, in case that Lambda ends the process before the deadline does. */
export function describeWaiting(waiting: Fetch[], plan: Planned[]): string {
  const subjects = plan.filter(({ fetch }) => waiting.includes(fetch)).map(({ entry }) => entry.subject);
  const shown = subjects.slice(0, MAX_SUBJECTS);
  const more = subjects.length > shown.length ? ` and ${subjects.length - shown.length} more` : "";
  const services = waiting.map(serviceOf);
  const names = list(services.map(({ name }) => name));
  const prefixes = list(services.map(({ prefix }) => prefix));
  const regions = list(waiting.map(({ region }) => region));
  return `${names} in ${regions} has not answered for one second; waiting for ${shown.join(", ")}${more}. In a VPC this usually is a missing route: add an interface endpoint for ${prefixes} whose security group lets the function in on port 443, or a NAT gateway.`;
}

function list(names: string[]): string {
  return [...new Set(names)].join(", ");
}

const MAX_SUBJECTS = 20;
