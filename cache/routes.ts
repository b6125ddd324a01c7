import { HEALTH, OUTCOMES } from "../core/host/live-cache.ts";
import { VERSION } from "../core/host/version.ts";
import { stringifyOutcomes } from "../core/sources/outcomes-json.ts";
import { type Answer, json, text } from "./http/answer.ts";
import { getParameter, getSecret } from "./http/aws.ts";
import { type CheckToken, guard } from "./http/guard.ts";
import { type Routes, route } from "./http/router.ts";
import { getAll, getOne, type Source } from "./http/secrets.ts";
import type { Answerer } from "./http/server.ts";
import { outcomesOf, subjectsOf } from "./slot.ts";

export type RouteOptions = {
  source: Source;
  /** Of what is asked for by name. */
  region: string | undefined;
  checkToken: CheckToken;
  /** Called when the wrapper takes what was fetched; ends when that is all there. */
  onHandOver(): Promise<unknown>;
};

/** Answers whoever has the function's token. */
export function createAnswerer({ source, region, checkToken, onHandOver }: RouteOptions): Answerer {
  const { cache } = source;
  const routes: Routes = {
    "/secrets": { GET: () => getAll(source) },
    "/secrets/": { GET: (target, request) => getOne(source, target, request) },
    "/refresh": { POST: () => refresh(source) },
    "/secretsmanager/get": { GET: (target) => getSecret(cache, target, region) },
    "/systemsmanager/parameters/get": { GET: (target) => getParameter(cache, target, region) },
    [HEALTH]: { GET: () => json({ status: "ok", version: VERSION }) },
    [OUTCOMES]: {
      GET: async () => {
        await onHandOver();
        return text(stringifyOutcomes(outcomesOf(cache.slots)), { "content-type": "application/json" });
      },
    },
  };
  return (request) => {
    const refused = guard(request, checkToken);
    if (refused instanceof Promise) return refused.then((answer) => answer ?? route(routes, request));
    return refused ?? route(routes, request);
  };
}

/** Fetches everything anew: for a function that was told "wrong password". */
async function refresh({ cache }: Source): Promise<Answer> {
  const slots = cache.inUse();
  await cache.refresh(slots, true);
  const failed = slots.flatMap((slot) => (slot.failed ? [`${subjectsOf(slot)}: ${slot.failed.problem.cause}.`] : []));
  return json({ refreshed: slots.length - failed.length, failed }, {}, failed.length > 0 ? 503 : 200);
}
