import * as fc from "fast-check";
import { batch } from "../../fetcher/batch.ts";

function recording(size: number, keyOf = (item: string) => item) {
  const calls: string[][] = [];
  const answer = async (items: string[]) => {
    calls.push(items);
    return items.map((item) => `answer to ${item}`);
  };
  return { calls, ask: batch(answer, size, keyOf) };
}

it("puts what is asked at the same time into one call, and gives each its own answer", async () => {
  const { calls, ask } = recording(10);
  expect(await Promise.all(["a", "b", "c"].map(ask))).toEqual(["answer to a", "answer to b", "answer to c"]);
  expect(calls).toEqual([["a", "b", "c"]]);
});

it("makes another call for what is asked later", async () => {
  const { calls, ask } = recording(10);
  await ask("a");
  await ask("b");
  expect(calls).toEqual([["a"], ["b"]]);
});

it("puts no two of one key into one call", async () => {
  const { calls, ask } = recording(10, (item) => item.split(":")[0] ?? "");
  await Promise.all(["a:1", "b:1", "a:2", "a:3", "b:2"].map(ask));
  expect(calls).toEqual([["a:1", "b:1"], ["a:2", "b:2"], ["a:3"]]);
});

it("lets a call that fails fail for its own items alone", async () => {
  const ask = batch(
    async (items: string[]) => {
      if (items.includes("bad")) throw new Error("failed");
      return items;
    },
    2,
    (item) => item,
  );
  const outcomes = await Promise.allSettled(["a", "bad", "c"].map(ask));
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
});

it("answers everything, in calls of the size at the most", async () => {
  const items = fc.uniqueArray(fc.string(), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(items, fc.integer({ min: 1, max: 10 }), async (items, size) => {
      const { calls, ask } = recording(size);
      expect(await Promise.all(items.map(ask))).toEqual(items.map((item) => `answer to ${item}`));
      expect(calls.flat()).toEqual(items);
      for (const call of calls) expect(call.length).toBeLessThanOrEqual(size);
    }),
  );
});
