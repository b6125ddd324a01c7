import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FILE_AS_JSON, makeAxes, makeStored } from "../../bench/growth/axes.ts";
import { type Meter, startMeter } from "../../bench/meter.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { lambdaEnv } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { missingLayer, WRAPPER } from "../support/trees.ts";

const BUILD_MS = 1_200_000;
const MB = 1 << 20;
const MOST_MB = 30;

describeUnless(missingLayer ?? missingProgram(["cargo"]), "a start with as many entries as a file may have", () => {
  let meter: Meter;
  let store: Store;
  let folder: string;
  beforeAll(async () => {
    meter = startMeter();
    store = await startStore(makeStored());
    folder = mkdtempSync(join(tmpdir(), "memory-"));
  }, BUILD_MS);
  afterAll(() => {
    meter.stop();
    store.close();
    rmSync(folder, { recursive: true });
  });

  it(`has at most ${MOST_MB} MB resident`, async () => {
    const settings = makeAxes(folder)
      .find(({ name }) => name === FILE_AS_JSON)
      ?.points.at(-1)?.settings;
    const env = { ...lambdaEnv(store.url, {}), ...settings };
    const { status, memoryBytes } = await meter.measure({ command: [WRAPPER, "true"], env });
    expect(status).toBe(0);
    expect(memoryBytes).toBeLessThan(MOST_MB * MB);
  });
});
