import type { FetchRequest } from "../config/plan.ts";

/** Requests that one call answers: up to ten parameters of one Region, or one secret or path. */
export type RequestGroup = [FetchRequest, ...FetchRequest[]];

/** Puts every request into one group. Two requests for the same parameter never share a call. */
export function groupRequests(requests: FetchRequest[]): RequestGroup[] {
  const groups: RequestGroup[] = [];
  const open = new Map<string, RequestGroup>();
  const rounds = new Map<string, number>();
  for (const request of requests) {
    if (request.kind !== "parameter") {
      groups.push([request]);
      continue;
    }
    const parameter = `${request.region} ${parameterName(request.id)}`;
    const round = rounds.get(parameter) ?? 0;
    rounds.set(parameter, round + 1);
    const group = open.get(`${request.region} ${round}`);
    if (group && group.length < MAX_NAMES) {
      group.push(request);
      continue;
    }
    const started: RequestGroup = [request];
    groups.push(started);
    open.set(`${request.region} ${round}`, started);
  }
  return groups;
}

/** The same for every way to name one parameter: responses do not tell them apart. */
function parameterName(id: string): string {
  return id.replace(/^arn:.*:parameter/, "").replace(/^\//, "");
}

/** The service's own limit for one call. */
const MAX_NAMES = 10;
