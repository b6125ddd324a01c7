import type { PlannedEntry } from "../core/config/plan.ts";
import type { Deadline } from "../core/host/deadline.ts";
import type { HttpResponse } from "../core/host/engine-api.ts";
import type { Env } from "../core/host/env.ts";
import { HEALTH, OUTCOMES, portOf, TOKEN_HEADER } from "../core/host/live-cache.ts";
import type { Outcomes } from "../core/sources/fetch-all.ts";
import { parseOutcomes } from "../core/sources/outcomes-json.ts";

/** What the live cache has fetched for the plan; undefined where it is not there, or cannot say. */
export async function askCache(
  env: Env,
  plan: PlannedEntry[],
  { remainingMs }: Deadline,
): Promise<Outcomes | undefined> {
  const token = env.AWS_SESSION_TOKEN;
  if (!token || plan.length === 0) return undefined;
  const get = (path: string, timeoutMs: number) =>
    httpRequest({
      method: "GET",
      url: `http://127.0.0.1:${portOf(env)}${path}`,
      headers: { [TOKEN_HEADER]: token },
      timeoutMs,
    });
  try {
    await get(HEALTH, THERE_MS).then(expectOk);
    // A part of the time is left for the services themselves.
    const { body } = await get(OUTCOMES, remainingMs() * 0.8).then(expectOk);
    const outcomes = parseOutcomes(new TextDecoder().decode(body));
    return plan.every(({ request }) => outcomes.has(request.key)) ? outcomes : undefined;
  } catch {
    return undefined;
  }
}

/** A cache that is there answers within this time. */
const THERE_MS = 100;

function expectOk(response: HttpResponse): HttpResponse {
  if (response.status !== 200) throw new Error("no answer");
  return response;
}
