import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { type Meter, startMeter } from "../../bench/meter.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";

const BUILD_MS = 1_200_000;
const MB = 1 << 20;
const env = { PATH: process.env.PATH ?? "" };
const COUNT = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";

describeUnless(missingProgram(["cargo"]), "the meter", () => {
  let meter: Meter;
  beforeAll(() => {
    meter = startMeter();
  }, BUILD_MS);
  afterAll(() => meter.stop());

  const measure = (...command: string[]) => meter.measure({ command, env });
  const allocate = (mb: number) => measure(process.execPath, "-e", `Buffer.alloc(${mb * MB}, 1)`);

  it("gives more processor time for a program that counts, of which the wall time has as much", async () => {
    const [idle, busy] = [await measure("true"), await measure("sh", "-c", COUNT)];
    expect(busy.processorMs).toBeGreaterThan(2 * idle.processorMs);
    expect(busy.wallMs).toBeGreaterThan(0.5 * busy.processorMs);
  });

  it("counts the processor time of children that were waited for", async () => {
    const [idle, busy] = [await measure("sh", "-c", "sh -c :; :"), await measure("sh", "-c", `sh -c '${COUNT}'; :`)];
    expect(busy.processorMs).toBeGreaterThan(2 * idle.processorMs);
  });

  it("gives the memory of the program, and not of whoever starts it", async () => {
    const [little, much] = [await allocate(1), await allocate(200)];
    expect(much.memoryBytes - little.memoryBytes).toBeGreaterThan(190 * MB);
    expect(much.memoryBytes - little.memoryBytes).toBeLessThan(300 * MB);
    expect((await measure("true")).memoryBytes).toBeLessThan(10 * MB);
  });

  it("gives the exit status, or the signal", async () => {
    expect(await measure("sh", "-c", "exit 7")).toMatchObject({ status: 7, signal: null });
    expect(await measure("sh", "-c", "kill -TERM $$")).toMatchObject({
      status: null,
      signal: constants.signals.SIGTERM,
    });
  });

  it("says why a program does not start, and measures the next", async () => {
    await expect(measure("/nowhere")).rejects.toThrow("/nowhere: No such file or directory");
    expect(await measure("true")).toMatchObject({ status: 0 });
  });

  describe("in a folder", () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "meter-"));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it("gives a program these variables alone", async () => {
      const file = join(folder, "environ");
      await meter.measure({ command: ["/bin/cp", "/proc/self/environ", file], env: { A: "1", B: "two words" } });
      expect(readFileSync(file, "utf8")).toBe("A=1\0B=two words\0");
    });

    it("lets a process join a control group before it becomes the program", async () => {
      const cgroup = join(folder, "tasks");
      writeFileSync(cgroup, "");
      expect(await meter.measure({ command: ["grep", "-qx", "0", cgroup], env, cgroup })).toMatchObject({ status: 0 });
      expect(readFileSync(cgroup, "utf8")).toBe("0");
    });

    it("starts no program that cannot join its group", async () => {
      const order = { command: ["true"], env, cgroup: join(folder, "none", "tasks") };
      await expect(meter.measure(order)).rejects.toThrow("true: No such file or directory");
    });
  });
});
