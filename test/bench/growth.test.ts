import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FILE_AS_JSON, FILE_AS_YAML, makeAxes, makeStored } from "../../bench/growth/axes.ts";
import { toGrowthFigures } from "../../bench/growth/growth-figures.ts";
import type { Growth } from "../../bench/growth/measure-growth.ts";
import { reportGrowth } from "../../bench/growth/report-growth.ts";
import { MAX_FILE_BYTES } from "../../core/config/file-text.ts";

const MAX_SECRET_BYTES = 65_536;
const WORKS = [1, 10, 100, 1000];
const ROUNDS = [0, 1, 2];

/** What starts took, each round 5 ms longer than the last: with this many milliseconds for so much work. */
function growthOf(msFor: (work: number) => number, memoryMb = 10): Growth {
  const samplesOf = (work: number) =>
    ROUNDS.map((round) => ({
      status: 0,
      signal: null,
      wallMs: 50 + msFor(work) + 5 * round,
      processorMs: 30 + msFor(work),
      memoryBytes: memoryMb * 1e6,
    }));
  return {
    name: FILE_AS_JSON,
    unit: "KB",
    points: WORKS.map((work) => ({ work, settings: {}, valueBytes: 0 })),
    jobs: WORKS.map((work) => ({ name: "", order: { command: [], env: {} }, samples: samplesOf(work) })),
  };
}

const report = (growth: Growth) => reportGrowth(toGrowthFigures([growth], ROUNDS.length));

const verdictOf = (growth: Growth, text: RegExp) =>
  report(growth)
    .split("\n")
    .find((line) => text.test(line))
    ?.split("|")
    .at(-2)
    ?.trim();

it.each([
  ["linear", (work: number) => 2 * work, "pass"],
  ["linear, and a fixed cost", (work: number) => 100 + work, "pass"],
  ["quadratic", (work: number) => work ** 2 / 100, "fail"],
  ["less than the noise", (work: number) => (work === 100 ? -1 : 0), "not measured"],
])("a cost that is %s", (_, msFor, verdict) => {
  expect(verdictOf(growthOf(msFor), /as much in the last line/)).toBe(verdict);
});

it.each([
  [30, "pass"],
  [30.1, "fail"],
])("%d MB at the largest JSON", (memoryMb, verdict) => {
  expect(
    verdictOf(
      growthOf((work) => work, memoryMb),
      /^\| Memory/,
    ),
  ).toBe(verdict);
});

it("a unit's cost is that above the base, within a round", () => {
  const [cells = []] = report(growthOf((work) => 2 * work))
    .split("\n")
    .filter((line) => /^\| 1,000 /.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  expect(cells.slice(1, 7)).toEqual([
    "1,000",
    "2055.0 (2052.5–2057.5)",
    "2030.0 (2030.0–2030.0)",
    "10.0",
    "2000.0",
    "2000.0",
  ]);
});

it("the largest points are at the limits of files and secrets, and not over them", () => {
  const folder = mkdtempSync(join(tmpdir(), "growth-"));
  try {
    const files = makeAxes(folder).filter(({ name }) => [FILE_AS_JSON, FILE_AS_YAML].includes(name));
    const sizes = files.map(({ points }) => readFileSync(points.at(-1)?.settings.SECRETS_FILE ?? "").length);
    const secrets = Object.values(makeStored()).map((value) => value.length);
    for (const size of sizes) expect(MAX_FILE_BYTES - size).toBeLessThan(100);
    expect([sizes.every((size) => size <= MAX_FILE_BYTES), Math.max(...secrets)]).toEqual([true, MAX_SECRET_BYTES]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
