import type { Fetch, Planned } from "./plan.ts";

/** For the log after one second, in case that Lambda ends the process before the deadline does. */
export function describeWaiting(waiting: Fetch[], plan: Planned[]): string {
  const subjects = plan.filter(({ fetch }) => waiting.includes(fetch)).map(({ entry }) => entry.subject);
  const regions = [...new Set(waiting.map(({ region }) => region))];
  const shown = subjects.slice(0, MAX_SUBJECTS);
  const more = subjects.length > shown.length ? ` and ${subjects.length - shown.length} more` : "";
  return `Secrets Manager in ${regions.join(", ")} has not answered for one second; waiting for ${shown.join(", ")}${more}. In a VPC this usually is a missing route: add an interface endpoint for secretsmanager whose security group lets the function in on port 443, or a NAT gateway.`;
}

const MAX_SUBJECTS = 20;
