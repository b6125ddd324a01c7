import * as fc from "fast-check";
import { startDeadline } from "../../../core/host/deadline.ts";
import { CallFailure, type Retryable, retry } from "../../../core/sources/retry.ts";

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

/** Runs a call that always fails to its end, in virtual time; gives the moments of its tries in ms. */
async function triesOf(kind: Retryable | undefined, totalMs: number, callMs = 0): Promise<number[]> {
  const start = performance.now();
  const tries: number[] = [];
  const call = async () => {
    tries.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, callMs));
    throw new Error("fails");
  };
  const ended = retry(call, { deadline: startDeadline(totalMs), classify: () => kind }).catch((error) => error);
  await jest.runAllTimersAsync();
  expect(await ended).toMatchObject({ name: "CallFailure", tries: tries.length });
  return tries;
}

it("gives what the call gives, and tries again what may succeed", async () => {
  const results = [new Error("once"), new Error("twice"), "value"];
  const heard: unknown[] = [];
  const call = async () => {
    const result = results.shift();
    if (result instanceof Error) throw result;
    return result;
  };
  const value = retry(call, {
    deadline: startDeadline(5000),
    classify: () => "transient",
    onRetry: async (error) => {
      heard.push(error);
    },
  });
  await jest.runAllTimersAsync();
  expect(await value).toBe("value");
  expect(heard).toEqual([new Error("once"), new Error("twice")]);
});

it("makes no second call for what fails for good", async () => {
  expect(await triesOf(undefined, 5000)).toHaveLength(1);
});

it.each([
  ["transient", 0],
  ["transient", 30],
  ["throttled", 0],
] as const)(
  "makes some ten tries of what is %s in five seconds at the most, each taking %i ms",
  async (kind, callMs) => {
    const counts: number[] = [];
    for (let round = 0; round < 200; round++) counts.push((await triesOf(kind, 5000, callMs)).length);
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    expect(mean).toBeLessThan(kind === "transient" ? 11 : 6);
    expect(Math.max(...counts)).toBeLessThanOrEqual(16);
    expect(Math.min(...counts)).toBeGreaterThan(2);
  },
);

it("tries to the end of the time, and pauses never beyond it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("transient", "throttled"),
      fc.integer({ min: 10, max: 900_000 }),
      async (kind, totalMs) => {
        const tries = await triesOf(kind as Retryable, totalMs);
        const last = Math.max(...tries);
        const lastTryMs = Math.min(500, totalMs / 10);
        expect(last).toBeLessThan(totalMs);
        // A try right before the deadline, with time for its answer.
        expect(Math.abs(totalMs - lastTryMs - last)).toBeLessThan(5);
      },
    ),
    { numRuns: 50 },
  );
});

it("pauses for a random time of which the limit doubles", async () => {
  jest.spyOn(Math, "random").mockReturnValue(1 - 2 ** -20);
  const pauses = (tries: number[]) => tries.slice(1).map((at, index) => Math.round(at - (tries[index] ?? 0)));
  expect(pauses(await triesOf("transient", 20_000)).slice(0, 7)).toEqual([100, 200, 400, 800, 1600, 2000, 2000]);
  expect(pauses(await triesOf("throttled", 20_000)).slice(0, 3)).toEqual([2000, 4000, 4000]);
});

it.each([
  ["the error before one that the deadline soon cut off", 1000, "status 503"],
  ["the error of a try that hung until the deadline", 3000, "cut off"],
])("gives %s, and counts both", async (_, totalMs, message) => {
  const errors = [new Error("status 503"), Object.assign(new Error("cut off"), { code: "ETIMEDOUT" })];
  const deadline = startDeadline(totalMs);
  const call = async () => {
    const error = errors.shift();
    if (errors.length === 0) await new Promise((resolve) => setTimeout(resolve, deadline.remainingMs()));
    throw error;
  };
  const ended = retry(call, { deadline, classify: () => "transient" }).catch((error) => error);
  await jest.runAllTimersAsync();
  const failure = (await ended) as CallFailure;
  expect(failure).toBeInstanceOf(CallFailure);
  expect(failure.cause).toMatchObject({ message });
  expect(failure.tries).toBe(2);
});
