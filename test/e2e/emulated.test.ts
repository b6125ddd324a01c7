// The engine of the architecture that this machine does not have.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { CASES } from "../support/cases.ts";
import { emulatedLayer, missingForEmulation, OTHER, OTHER_ZIP } from "../support/emulated-layer.ts";
import { describeUnless } from "../support/needs.ts";
import { oncePerSources } from "../support/once.ts";

const TESTS = ["test/e2e/cases.test.ts", "test/e2e/hand-over.test.ts"];
const SOURCES = [relative(ROOT, OTHER_ZIP), ...TESTS, "test/cases/values.json", "test/support"];

/** QEMU handles SIGSEGV and SIGHUP itself, whoever ignores them. */
const OF_ENGINE = "engine(?!.*SEGV)";

describeUnless(missingForEmulation(), `the layer for ${OTHER}, on QEMU,`, () => {
  it(
    "passes the tests of values and of the hand-over",
    () => oncePerSources("emulated", SOURCES, testEmulated),
    600_000,
  );
});

function testEmulated(): void {
  const layer = emulatedLayer();
  const results = mkdtempSync(join(tmpdir(), "emulated-results-"));
  try {
    const { numPassedTests, numFailedTests } = runJest(layer, join(results, "results.json"));
    expect(numFailedTests).toBe(0);
    expect(numPassedTests).toBeGreaterThan(CASES.length);
  } finally {
    for (const folder of [layer, results]) rmSync(folder, { recursive: true });
  }
}

/** The same tests that the layer for this machine passes. */
function runJest(layer: string, outputFile: string): { numPassedTests: number; numFailedTests: number } {
  const options = ["--runInBand", "--testNamePattern", OF_ENGINE, "--json", `--outputFile=${outputFile}`];
  const env = { ...process.env, TESTED_LAYER: layer };
  spawnSync("npx", ["jest", ...TESTS, ...options], { cwd: ROOT, env, stdio: ["ignore", "ignore", "inherit"] });
  return JSON.parse(readFileSync(outputFile, "utf8"));
}
