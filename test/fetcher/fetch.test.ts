import { setTimeout as sleep } from "node:timers/promises";
import { startDeadline } from "../../fetcher/deadline.ts";
import { fetchAll } from "../../fetcher/fetch.ts";
import type { Fetch } from "../../fetcher/plan.ts";
import type { Source } from "../../fetcher/source.ts";
import { DENIED, expectCause, planOf } from "./given.ts";

const secret = ({ id }: Pick<Fetch, "id">) => ({
  name: id,
  noun: "secret" as const,
  kind: "text" as const,
  text: `value of ${id}`,
});
const never: Source = () => new Promise(() => {});

async function run(secrets: unknown, source: Source, timeoutMs = 500) {
  const waited: string[][] = [];
  const started = performance.now();
  const slow = (waiting: Fetch[]) => waited.push(waiting.map(({ id }) => id));
  const outcomes = await fetchAll(planOf(secrets), source, startDeadline(timeoutMs), slow);
  const byId = Object.fromEntries([...outcomes].map(([{ id }, outcome]) => [id, outcome]));
  return { outcomes, byId, waited, ms: performance.now() - started };
}

it("gives each call its outcome, one failure leaving the others alone", async () => {
  const { byId } = await run({ A: "a", B: "b", C: "c" }, async (fetch) => (fetch.id === "b" ? DENIED : secret(fetch)));
  expect(byId).toEqual({ a: secret({ id: "a" }), b: DENIED, c: secret({ id: "c" }) });
});

it("asks once for a secret that many variables use", async () => {
  const asked: string[] = [];
  const { outcomes } = await run({ A: "a:x", B: "a:y", "*": "a", C: "b", D: "a::AWSPREVIOUS" }, async (fetch) => {
    asked.push(fetch.id + ("stage" in fetch ? fetch.stage : ""));
    return secret(fetch);
  });
  expect(asked).toEqual(["a", "b", "aAWSPREVIOUS"]);
  expect(outcomes.size).toBe(3);
});

it("asks for all at once", async () => {
  let open = 0;
  let most = 0;
  const secrets = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`V${index}`, `s${index}`]));
  await run(secrets, async (fetch) => {
    most = Math.max(most, ++open);
    await sleep(20);
    open--;
    return secret(fetch);
  });
  expect(most).toBe(20);
});

it("ends at the deadline with what has come until then", async () => {
  const { byId, ms } = await run(
    { A: "a", B: "b" },
    (fetch) => (fetch.id === "a" ? Promise.resolve(secret(fetch)) : never(fetch)),
    200,
  );
  expect(byId.a).toMatchObject({ text: "value of a" });
  expectCause(byId.b, "Timeout", /no try succeeded within 0.2 s \(SECRETS_TIMEOUT\)/, /quota.*SECRETS_TIMEOUT/);
  expect(byId.b).not.toHaveProperty("missing");
  expect(ms).toBeGreaterThanOrEqual(190);
  expect(ms).toBeLessThan(1000);
});

it.each([
  [100, 105],
  [1000, 1030],
])("leaves a call that runs out of %i ms itself the moment to say how far it came", async (timeoutMs, ms) => {
  const late: Source = async () => {
    await sleep(ms);
    return DENIED;
  };
  expect((await run({ A: "a" }, late, timeoutMs)).byId).toEqual({ a: DENIED });
});

it("tells after one second, once, which calls have had no answer, if there are any", async () => {
  const source: Source = async (fetch) => {
    await sleep(fetch.id === "quick" ? 100 : 1200);
    return secret(fetch);
  };
  const [some, none] = await Promise.all([
    run({ A: "quick", B: "slow", C: "slower" }, source, 1400),
    run({ A: "quick" }, source, 1400),
  ]);
  expect(some.waited).toEqual([["slow", "slower"]]);
  expect(some.byId.slow).toMatchObject({ text: "value of slow" });
  expect(none.waited).toEqual([]);
});
