import { setTimeout as sleep } from "node:timers/promises";
import { type FetchRequest, requestsOf } from "../../../core/config/plan.ts";
import type { Problem } from "../../../core/fault/fault.ts";
import { failure, success } from "../../../core/fault/result.ts";
import { startDeadline } from "../../../core/host/deadline.ts";
import type { Fetched } from "../../../core/sources/decode.ts";
import { type FetchResult, fetchAll } from "../../../core/sources/fetch-all.ts";
import type { Source } from "../../../core/sources/source.ts";
import { expectProblem } from "../expect-problems.ts";
import { DENIED, planOf } from "../plans.ts";
import { unwrap } from "../unwrap.ts";

const secret = ({ id }: Pick<FetchRequest, "id">) => ({
  name: id,
  noun: "secret" as const,
  kind: "text" as const,
  text: `value of ${id}`,
});
/** Fetches one secret. */
type FetchSecret = (request: FetchRequest) => Promise<Fetched | Problem>;
const never: FetchSecret = () => new Promise(() => {});

function toSource(fetch: FetchSecret): Source {
  return async ([request]) => {
    const found = await fetch(request);
    return ["code" in found ? failure(found) : success(found)];
  };
}

async function run(secrets: unknown, fetch: FetchSecret, timeoutMs = 500) {
  const waited: string[][] = [];
  const started = performance.now();
  const slow = (waiting: FetchRequest[]) => waited.push(waiting.map(({ id }) => id));
  const outcomes = await fetchAll(planOf(secrets), toSource(fetch), startDeadline(timeoutMs), slow);
  const byId = Object.fromEntries(
    requestsOf(planOf(secrets)).map(({ id, key }) => [id, unwrap(outcomes.get(key) as FetchResult)]),
  );
  return { outcomes, byId, waited, ms: performance.now() - started };
}

it("gives each call its outcome, one failure leaving the others alone", async () => {
  const { byId } = await run({ A: "a", B: "b", C: "c" }, async (request) =>
    request.id === "b" ? DENIED : secret(request),
  );
  expect(byId).toEqual({ a: secret({ id: "a" }), b: DENIED, c: secret({ id: "c" }) });
});

it("asks once for a secret that many variables use", async () => {
  const asked: string[] = [];
  const { outcomes } = await run({ A: "a:x", B: "a:y", "*": "a", C: "b", D: "a::AWSPREVIOUS" }, async (request) => {
    asked.push(request.id + ("stage" in request ? request.stage : ""));
    return secret(request);
  });
  expect(asked).toEqual(["a", "b", "aAWSPREVIOUS"]);
  expect(outcomes.size).toBe(3);
});

it("asks for all at once", async () => {
  let open = 0;
  let most = 0;
  const secrets = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`V${index}`, `s${index}`]));
  await run(secrets, async (request) => {
    most = Math.max(most, ++open);
    await sleep(20);
    open--;
    return secret(request);
  });
  expect(most).toBe(20);
});

it("ends at the deadline with what has come until then", async () => {
  const { byId, ms } = await run(
    { A: "a", B: "b" },
    (request) => (request.id === "a" ? Promise.resolve(secret(request)) : never(request)),
    200,
  );
  expect(byId.a).toMatchObject({ text: "value of a" });
  expectProblem(byId.b, "Timeout", /no attempt succeeded within 0.2 s \(SECRETS_TIMEOUT\)/, /quota.*SECRETS_TIMEOUT/);
  expect(byId.b).not.toHaveProperty("missing");
  expect(ms).toBeGreaterThanOrEqual(190);
  expect(ms).toBeLessThan(1000);
});

it.each([
  [100, 105],
  [1000, 1030],
])("leaves a call that runs out of %i ms itself the moment to say how far it came", async (timeoutMs, ms) => {
  const late: FetchSecret = async () => {
    await sleep(ms);
    return DENIED;
  };
  expect((await run({ A: "a" }, late, timeoutMs)).byId).toEqual({ a: DENIED });
});

it("tells after one second, once, which calls have had no answer, if there are any", async () => {
  const source: FetchSecret = async (request) => {
    await sleep(request.id === "quick" ? 100 : 1200);
    return secret(request);
  };
  const [some, none] = await Promise.all([
    run({ A: "quick", B: "slow", C: "slower" }, source, 1400),
    run({ A: "quick" }, source, 1400),
  ]);
  expect(some.waited).toEqual([["slow", "slower"]]);
  expect(some.byId.slow).toMatchObject({ text: "value of slow" });
  expect(none.waited).toEqual([]);
});
