import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ALL_CONDITIONS, type Conditions, titleOf } from "../../bench/conditions/conditions.ts";
import { missingLimit } from "../../bench/conditions/cpu-share.ts";
import type { Job } from "../../bench/measure.ts";
import { type Meter, startMeter } from "../../bench/meter.ts";
import { readOptions } from "../../bench/options.ts";
import { THIS_LAYER } from "../../bench/start/candidates.ts";
import { measureRun } from "../../bench/start/measure-run.ts";
import { reportRest, reportRun } from "../../bench/start/report.ts";
import { mainRun } from "../../bench/start/results.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";

const BUILD_MS = 1_200_000;
const SHARE = 0.5;
const URL = "https://localhost:9";

describe("options", () => {
  it.each([
    [[], [{}]],
    [["--rtt", "0.5"], [{ rttMs: 0.5 }]],
    [["--cpu", "1"], [{ cpuShare: 1 }]],
    [["--rtt", "2", "--cpu", "0.07"], [{ rttMs: 2, cpuShare: 0.07 }]],
    [["--all-conditions"], ALL_CONDITIONS],
  ])("%j have runs under %j", (args, conditions) => {
    expect(readOptions(args).conditions).toEqual(conditions);
  });

  it.each([
    [["--rtt", "0"], "--rtt takes a number above 0, not 0"],
    [["--rtt", "1s"], "--rtt takes a number above 0, not 1s"],
    [["--cpu", "1.1"], "--cpu takes a number above 0, at most 1, not 1.1"],
    [["--cpu", "1", "--save"], "--rtt and --cpu are for one run that is not kept"],
    [["--live", "--save"], "--live keeps nothing"],
    [["--rtt", "1", "--all-conditions"], "--rtt and --cpu are for one run that is not kept"],
  ])("%j are refused", (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});

it("all conditions are a run without any, then each alone, with the shares of Lambda's memory sizes", () => {
  expect(ALL_CONDITIONS.map(titleOf)).toEqual([
    "Loopback, all processors",
    "Round trips of 1 ms, all processors",
    "Loopback, 0.07 of one processor",
    "Loopback, 0.29 of one processor",
    "Loopback, 1 of one processor",
  ]);
});

it("a report says in a run's place why it could not be measured, and what is to be known of its conditions", () => {
  const run = { conditions: { cpuShare: SHARE }, reason: "there is no share" };
  const results = { date: "", machine: "", versions: {}, latencyMs: 0, sizes: [], runs: [run], missing: [] };
  expect(reportRun(run)).toBe("## Loopback, 0.5 of one processor\n\nNot measured: there is no share.\n");
  expect(reportRest(results)).toContain("0.07 is 128 MB, 0.29 is 512 MB, 1 is 1769 MB");
  expect(() => mainRun(results)).toThrow("no run without conditions");
});

describeUnless(missingProgram(["cargo", "go"]), "a run", () => {
  let meter: Meter;
  let folder: string;
  beforeAll(() => {
    meter = startMeter();
  }, BUILD_MS);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "run-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  afterAll(() => meter.stop());

  /** With one candidate, which writes its store's URL and its control groups into a file; gives these lines. */
  async function runUnder(conditions: Conditions, idles: Job[] = []) {
    const file = join(folder, "seen");
    const script = `{ echo "$AWS_ENDPOINT_URL_SECRETS_MANAGER"; cat /proc/self/cgroup; } >>${file}`;
    const run = await measureRun(conditions, {
      candidates: [{ name: THIS_LAYER, command: () => ["/bin/sh", "-c", script] }],
      idles,
      engine: { name: "", order: { command: [], env: {} }, samples: [] },
      store: { secrets: {}, caFile: "", url: URL },
      rounds: 1,
      meter,
    });
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    return {
      run,
      urls: new Set(lines.filter((line) => line.startsWith("https:"))),
      groups: lines.filter((line) => line.includes("/bench-")),
    };
  }

  it("with a round trip reaches the store through the relay, and gives each number of secrets", async () => {
    const { run, urls, groups } = await runUnder({ rttMs: 1 });
    expect([...urls]).toEqual([expect.stringMatching(/^https:\/\/localhost:\d{2,}$/)]);
    expect(groups).toEqual([]);
    expect(run).toMatchObject({ conditions: { rttMs: 1 }, counts: [1, 5, 20, 50], requirements: [] });
  });

  it("measures a process anew that an earlier run has measured", async () => {
    const idle = { name: "", order: { command: ["/bin/true"], env: {} }, samples: [] };
    for (const _ of [1, 2]) await runUnder({ rttMs: 1 }, [idle]);
    expect(idle.samples).toHaveLength(1);
  });

  describeUnless(missingLimit(SHARE), "with a share of a processor", () => {
    it("has each process in a group of its own, gives few numbers of secrets and no verdict", async () => {
      const { run, urls, groups } = await runUnder({ cpuShare: SHARE });
      expect([...urls]).toEqual([URL]);
      expect(run).toMatchObject({ conditions: { cpuShare: SHARE }, counts: [1, 5], requirements: [] });
      expect(run.rows[0]?.cells.wallMs).toHaveLength(2);
      expect(new Set(groups).size).toBe(groups.length);
      expect(groups.length).toBeGreaterThan(2);
    });
  });
});
