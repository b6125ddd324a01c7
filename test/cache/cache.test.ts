import { type Cache, createCache } from "../../cache/cache.ts";
import type { Slot } from "../../cache/slot.ts";
import type { FetchRequest } from "../../core/config/plan.ts";
import { failure, success } from "../../core/fault/result.ts";
import type { FetchResult } from "../../core/sources/fetch-all.ts";
import { planOf } from "../core/plans.ts";

const DENIED = { code: "AccessDenied", cause: "access to the secret is denied", remedy: "Allow it." };
const MISSING = {
  code: "SecretNotFound",
  cause: "the secret does not exist",
  remedy: "Create it.",
  missing: true,
} as const;
const text = (value: string, version = "v1"): FetchResult =>
  success({ name: "x", noun: "secret", kind: "text", text: value, version });

/** A cache over services that the test answers for, at a time that it sets. */
function setUp(secrets: unknown, { ttlMs = 300_000, maxStaleMs = 3_600_000, size = 1000 } = {}) {
  let time = 1_000_000;
  const answers = new Map<string, FetchResult>();
  const asked: string[][] = [];
  const events: string[] = [];
  let gate: Promise<void> = Promise.resolve();
  const cache = createCache({
    plan: planOf(secrets),
    readers: {},
    settings: { ttlMs, maxStaleMs, size },
    now: () => time,
    fetch: async (group) => {
      asked.push(group.map(({ id }) => id));
      await gate;
      return group.map(({ id }) => answers.get(id) ?? failure(MISSING));
    },
    events: {
      onFetched: ({ request }, before) => events.push(`${request.id} ${before ? "again" : "first"}`),
      onFailed: ({ request, failed }) => events.push(`${request.id} failed ${failed?.times}`),
    },
  });
  return {
    cache,
    answers,
    asked,
    events,
    pass: (ms: number) => {
      time += ms;
    },
    hold: (until: Promise<void>) => {
      gate = until;
    },
  };
}

const only = ({ slots }: Cache): Slot => {
  expect(slots).toHaveLength(1);
  return slots[0] as Slot;
};
const other = (id: string): FetchRequest => ({ kind: "secret", id, region: "eu-west-1", key: `other ${id}` });

it("asks for each secret once, however many entries it has, and serves it without a call while it is fresh", async () => {
  const { cache, answers, asked, pass } = setUp({ A: "x:a", B: "x:b" });
  answers.set("x", text('{"a":"1","b":"2"}'));
  const slot = only(cache);
  await cache.refresh(cache.slots);
  for (const ms of [0, 100_000, 169_000]) {
    pass(ms);
    await cache.refresh([slot]);
  }
  expect(asked).toEqual([["x"]]);
  expect([...(slot.held?.values.values() ?? [])].flat()).toEqual([
    { name: "A", value: "1" },
    { name: "B", value: "2" },
  ]);
});

it("fetches what is past its time, and all who wait share the fetch", async () => {
  const { cache, answers, asked, pass, hold } = setUp({ A: "x" });
  answers.set("x", text("old"));
  await cache.refresh(cache.slots);
  pass(300_000);
  answers.set("x", text("new", "v2"));
  let resolve = () => {};
  hold(
    new Promise((settle) => {
      resolve = settle;
    }),
  );
  const waiting = Promise.all(Array.from({ length: 50 }, () => cache.refresh(cache.slots)));
  expect(cache.isWaitedFor(only(cache))).toBe(true);
  resolve();
  await waiting;
  expect(asked).toHaveLength(2);
  expect(only(cache).held?.outcome).toEqual(text("new", "v2"));
});

it("serves the old value with a warning while nothing newer can be had, and then no more", async () => {
  const { cache, answers, asked, pass, events } = setUp({ A: "x" }, { maxStaleMs: 60_000 });
  answers.set("x", text("old"));
  await cache.refresh(cache.slots);
  answers.set("x", failure(DENIED));
  pass(300_000);
  await cache.refresh(cache.slots);
  expect(cache.serve(only(cache))).toMatchObject({
    ok: true,
    value: { held: { outcome: text("old") }, stale: DENIED },
  });
  pass(60_000);
  expect(cache.serve(only(cache))).toEqual(failure(DENIED));
  answers.set("x", text("new", "v2"));
  await cache.refresh(cache.slots);
  expect(cache.serve(only(cache))).toMatchObject({ ok: true, value: { held: { outcome: text("new", "v2") } } });
  expect(events).toEqual(["x first", "x failed 1", "x again"]);
  expect(asked).toHaveLength(3);
});

it("does not ask again at once for what has failed, but in pauses that grow", async () => {
  const { cache, answers, asked, pass } = setUp({ A: "x" });
  answers.set("x", failure(DENIED));
  for (let ms = 0; ms < 60_000; ms += 10) {
    await cache.refresh(cache.slots);
    pass(10);
  }
  expect(cache.serve(only(cache))).toEqual(failure(DENIED));
  // Pauses of 1, 2, 4, 8, 16 and 30 s, each shortened by up to a half.
  expect(asked.length).toBeGreaterThanOrEqual(5);
  expect(asked.length).toBeLessThanOrEqual(9);
});

it("asks again where the clock was set back", async () => {
  const { cache, answers, asked, pass } = setUp({ A: "x" });
  answers.set("x", text("old"));
  await cache.refresh(cache.slots);
  pass(-1);
  await cache.refresh(cache.slots);
  expect(asked).toHaveLength(2);
  answers.set("x", failure(DENIED));
  pass(-1);
  await cache.refresh(cache.slots);
  pass(-1);
  await cache.refresh(cache.slots);
  expect(asked).toHaveLength(4);
});

it("takes no version that an entry cannot use", async () => {
  const { cache, answers, pass } = setUp({ A: "x:a", B: "x:b" });
  answers.set("x", text('{"a":"1","b":"2"}'));
  await cache.refresh(cache.slots);
  answers.set("x", text('{"a":"3"}', "v2"));
  pass(300_000);
  await cache.refresh(cache.slots);
  const served = cache.serve(only(cache));
  expect(served).toMatchObject({
    value: { held: { outcome: { value: { version: "v1" } } }, stale: { code: "KeyNotFound" } },
  });
});

it("takes it for an answer that an optional secret does not exist", async () => {
  const { cache, asked } = setUp({ A: { secret: "x", optional: true }, B: { secret: "x", default: "none" } });
  await cache.refresh(cache.slots);
  await cache.refresh(cache.slots);
  expect(asked).toHaveLength(1);
  expect([...(only(cache).held?.values.values() ?? [])]).toEqual([[], [{ name: "B", value: "none" }]]);
});

it("fetches anew what is not a second old, once", async () => {
  const { cache, answers, asked, pass } = setUp({ A: "x" });
  answers.set("x", text("old"));
  await cache.refresh(cache.slots);
  await cache.refresh(cache.slots, true);
  expect(asked).toHaveLength(1);
  pass(1000);
  await Promise.all([cache.refresh(cache.slots, true), cache.refresh(cache.slots, true)]);
  expect(asked).toHaveLength(2);
});

it("keeps so many of what is not listed, and forgets the least recently used first", async () => {
  const { cache, answers, asked } = setUp({ A: "x" }, { size: 2 });
  for (const id of ["x", "a", "b", "c"]) answers.set(id, text(id));
  const ask = (id: string) => cache.refresh([cache.slotOf(other(id))]);
  for (const id of ["a", "b", "a", "c", "a", "b"]) await ask(id);
  expect(asked.flat()).toEqual(["a", "b", "c", "b"]);
  await cache.refresh(cache.slots);
  for (let index = 0; index < 1000; index++) await ask(`more ${index}`);
  await cache.refresh(cache.slots);
  expect(asked.flat().filter((id) => id === "x")).toHaveLength(1);
  expect(cache.inUse().length).toBeLessThanOrEqual(3);
});

it("refreshes what is not listed only where somebody has asked since", async () => {
  const { cache, answers } = setUp({ A: "x" });
  for (const id of ["x", "a"]) answers.set(id, text(id));
  await cache.refresh([cache.slotOf(other("a"))]);
  expect(cache.inUse().map(({ request }) => request.id)).toEqual(["x"]);
  cache.slotOf(other("a"));
  expect(cache.inUse().map(({ request }) => request.id)).toEqual(["x", "a"]);
});

it("lets listed parameters share a call, and nothing else with them", async () => {
  const { cache, asked } = setUp({ A: "ssm:/a", B: "ssm:/b", C: "x" });
  const single = { ...other("/c"), kind: "parameter" } as FetchRequest;
  await cache.refresh([...cache.slots, cache.slotOf(single)]);
  expect(asked.map((group) => group.join()).sort()).toEqual(["/a,/b", "/c", "x"]);
});
