import { toTable } from "../../bench/storm/report.ts";
import { type Outcome, simulateStorms } from "../../bench/storm/storm.ts";
import { VirtualTime } from "../../bench/storm/virtual-time.ts";
import { documentedSimulation } from "../support/simulation-document.ts";

const SIMULATION_MS = 600_000;

describe("10,000 environments that start within one second", () => {
  let outcomes: Outcome[];
  beforeAll(async () => {
    outcomes = await simulateStorms();
  }, SIMULATION_MS);

  const own = (service: RegExp) =>
    outcomes.find((outcome) => service.test(outcome.service) && outcome.strategy === "secrets-wrapper");

  it("all start where the quota can serve them in time, with less than three calls for each secret", () => {
    const { started = 0, callsPerSecret } = own(/^allows 10,000 /) ?? {};
    expect(started).toBeGreaterThan(0.99);
    expect(callsPerSecret).toBeLessThan(3);
  });

  it("all start after a service was down for three seconds, with ten calls for each secret at most", () => {
    const { started = 0, callsPerSecret } = own(/^is down for 3 s, then allows 100,000 /) ?? {};
    expect(started).toBeGreaterThan(0.99);
    expect(callsPerSecret).toBeLessThan(10);
  });

  it("have in docs/retries.md what comes of them: npm run docs", () => {
    expect(documentedSimulation()).toBe(toTable(outcomes));
  });
});

it("virtual time runs timers in their order, without waiting, and gives the process its own time back", async () => {
  const {
    setTimeout,
    Math: { random },
  } = globalThis;
  const time = new VirtualTime();
  const seen: [string, number][] = [];
  const see = (name: string) => seen.push([name, performance.now()]);
  time.after(60_000, () => see("last"));
  time.after(10, () => {
    globalThis.setTimeout(() => see("nested"), 5);
    void Promise.resolve().then(() => see("promise"));
  });
  time.after(10, () => see("second"));
  await time.run(1);
  expect(seen).toEqual([
    ["second", 10],
    ["promise", 10],
    ["nested", 15],
    ["last", 60_000],
  ]);
  expect([globalThis.setTimeout, Math.random]).toEqual([setTimeout, random]);
});
