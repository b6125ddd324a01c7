// What a start takes of the processor, whatever else the machine does. It grows on purpose or not at all.

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { median } from "../../bench/statistics.ts";
import { LAYER, ROOT } from "../../layer/paths.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { lambdaEnv } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { missingLayer } from "../support/trees.ts";

/** Millions, by the number of secrets; without TLS, whose handshake depends on the processor. */
const EXPECTED: Record<string, number> = JSON.parse(
  readFileSync(join(ROOT, "test", "cases", "instructions.json"), "utf8"),
);
const ROOM = 1.05;
const RUNS = 5;

const missing =
  missingLayer ?? missingProgram(["valgrind"]) ?? (arch() === "x64" ? undefined : "they are counted on x86_64 alone");

describeUnless(missing, "the instructions of a start", () => {
  let store: Store;
  beforeAll(async () => {
    store = await startStore(Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, `value of ${name}`])));
  });
  afterAll(() => store.close());

  it.each(Object.entries(EXPECTED))(
    "with %s secrets are at most %d million",
    async (count, expected) => {
      const names = ["a", "b", "c", "d", "e"].slice(0, Number(count));
      const env = lambdaEnv(store.url, Object.fromEntries(names.map((name) => [name.toUpperCase(), name])));
      const counted: number[] = [];
      for (let run = 0; run < RUNS; run++) counted.push(await countMillions(env));
      // Below this, test/cases/instructions.json has room for what nobody wants.
      expect(median(counted)).toBeGreaterThan(expected / ROOM);
      expect(median(counted)).toBeLessThan(expected * ROOM);
    },
    120_000,
  );
});

/** From the engine's start until it would execute the runtime, which is not there: valgrind loses count at execve. */
async function countMillions(env: Record<string, string>): Promise<number> {
  const [engine, program] = ["engine", "fetcher.qbc"].map((name) => join(LAYER, "secrets-wrapper", name));
  const valgrind = ["--tool=callgrind", "--callgrind-out-file=/dev/null", engine ?? "", program ?? "", "/nonexistent"];
  const ended = await promisify(execFile)("valgrind", valgrind, { env }).catch((error) => error);
  const [, collected] = /Collected : (\d+)/.exec(ended.stderr) ?? [];
  if (!collected || !/\[ExecFailed\]/.test(ended.stderr)) throw new Error(ended.stderr);
  return Number(collected) / 1e6;
}
