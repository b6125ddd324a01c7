import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Measured } from "../../bench/meter.ts";
import { buildCandidates } from "../../bench/start/build-candidates.ts";
import { type Candidate, FLOOR, GO_IN_PARALLEL, GO_IN_TURN, THIS_LAYER } from "../../bench/start/candidates.ts";
import { idle } from "../../bench/start/idle.ts";
import { type Measurement, toMeasurements } from "../../bench/start/measurements.ts";
import { ratios } from "../../bench/start/requirements.ts";
import { toRows } from "../../bench/start/rows.ts";
import { measureSize } from "../../bench/start/size.ts";
import { pairedRatio } from "../../bench/statistics.ts";
import { makeTasks } from "../../bench/task.ts";
import { listVerdicts } from "../../bench/verdicts.ts";

/** Rounds of these wall times; the processor has half as much. */
function rounds(...wall: number[]): Measured[] {
  return wall.map((wallMs) => ({ status: 0, signal: null, wallMs, processorMs: wallMs / 2, memoryBytes: 1e6 }));
}

function candidate(name: string): Candidate {
  return { name, command: (program) => program };
}

function measured(times: Record<string, number[]>): Measurement[] {
  const tasks = makeTasks([1], { secrets: { A: "a" }, url: "", caFile: "" });
  const all = toMeasurements(Object.keys(times).map(candidate), tasks);
  for (const { name, samples } of all) samples.push(...rounds(...(times[name] ?? [])));
  return all;
}

it("a ratio is that of each round, which a slow moment of the machine does not change", () => {
  expect(pairedRatio([10, 50, 12], [5, 25, 6])).toBe(2);
});

describe("the rows of a handler", () => {
  const interpreter = { ...idle("Node", "node"), samples: rounds(4, 6, 5) };
  const handler = { ...candidate("SDK"), interpreter };
  const measurements = measured({ [THIS_LAYER]: [10, 10, 10], SDK: [24, 36, 25] });
  for (const measurement of measurements) if (measurement.name === "SDK") measurement.candidate = handler;
  const [over, all] = toRows([handler], measurements);

  it("are what it takes over its interpreter in the same round, with a ratio", () => {
    expect(over).toMatchObject({ candidate: "SDK", part: "over Node alone" });
    expect(over?.cells.wallMs).toEqual([{ median: 20, lower: 20, upper: 25, ratio: 2 }]);
    expect(over?.cells.processorMs).toEqual([{ median: 10, lower: 10, upper: 12.5, ratio: 2 }]);
  });

  it("and what it takes in all, without one", () => {
    expect(all?.cells.wallMs).toEqual([{ median: 25, lower: 24.5, upper: 30.5 }]);
  });
});

describe("a requirement", () => {
  it("compares with the best of its candidates, by the figure that it bounds", () => {
    const times = { [THIS_LAYER]: [10, 10], [GO_IN_PARALLEL]: [20, 20], [GO_IN_TURN]: [8, 8], [FLOOR]: [5, 5] };
    expect(verdicts(measured(times))).toMatchObject({
      "1 secret: at most 1.02 × the faster Go program": "1.25 × fail",
      "1 secret: no more processor time than the Go program with less":
        expect.stringMatching(/^1\.25 × fail: the shell takes/),
      "1 secret: within 1.35 × the floor": "2.00 × fail",
    });
  });

  it("passes at its bound", () => {
    expect(verdicts(measured({ [THIS_LAYER]: [135], [FLOOR]: [100] }))).toMatchObject({
      "1 secret: within 1.35 × the floor": "1.35 × pass",
    });
  });

  it("is not measured where its candidate is missing", () => {
    const missing = verdicts(measured({ [THIS_LAYER]: [10] }));
    expect(new Set(Object.values(missing))).toEqual(new Set(["not measured"]));
  });
});

/** Of each requirement that compares with other candidates, by its text. */
function verdicts(measurements: Measurement[]): Record<string, string> {
  const lines = listVerdicts(ratios(measurements)).split("\n").slice(2);
  const cells = lines.map((line) => line.split("|").map((cell) => cell.trim()));
  return Object.fromEntries(cells.map(([, text, ...verdict]) => [text, verdict.join(" ").trim()]));
}

describe("what a user deploys", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "size-"));
    for (const [name, bytes] of Object.entries({ "sdk/a.py": 1000, "sdk/__pycache__/a.pyc": 500, "pip/b.py": 700 })) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), "x".repeat(bytes));
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is a folder without what Python's own tools put there", () => {
    expect(measureSize(folder)).toEqual({ bytes: 1000, zippedBytes: expect.any(Number) });
  });

  it("is a file, smaller as a zip", () => {
    const { bytes, zippedBytes } = measureSize(join(folder, "sdk", "a.py"));
    expect(bytes).toBe(1000);
    expect(zippedBytes).toBeLessThan(500);
  });
});

describe("a candidate", () => {
  const tasks = makeTasks([1], { secrets: { A: "a" }, url: "", caFile: "" });

  it("is missing, with the reason, where its program is", async () => {
    const build = { name: "SDK", needs: ["no-such-program"], make: async () => [candidate("SDK")] };
    expect(await buildCandidates([build], tasks)).toEqual({
      candidates: [],
      missing: [{ name: "SDK", reason: "there is no no-such-program on this machine" }],
    });
  });

  it("ends the bench where a program gets other values with it", async () => {
    const wrong = { name: "SDK", command: (program: string[]) => ["env", "A=b", ...program] };
    await expect(buildCandidates([{ name: "SDK", make: async () => [wrong] }], tasks)).rejects.toThrow(
      "SDK gives a program wrong secrets",
    );
  });

  it("takes part where they are right", async () => {
    const right = { name: "SDK", command: (program: string[]) => ["env", "A=a", ...program] };
    const { candidates } = await buildCandidates([{ name: "SDK", make: async () => [right] }], tasks);
    expect(candidates).toEqual([right]);
  });
});
