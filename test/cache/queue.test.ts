import { createQueue } from "../../cache/queue.ts";

it("runs so many at a time, all in their order, whatever becomes of them", async () => {
  const queue = createQueue(3);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const act = async (index: number) => {
    started.push(index);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, index % 3));
    running--;
    if (index % 4 === 0) throw new Error("failed");
    return index;
  };
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => queue(() => act(index))));
  expect(most).toBe(3);
  expect(started).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(results.map(({ status }) => status === "fulfilled")).toEqual(started.map((index) => index % 4 !== 0));
});
