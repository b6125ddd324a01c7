import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { MAX_DEPTH } from "../../core/json/json.ts";
import { parseEnviron } from "../support/environ.ts";
import { AS_USER, installForEveryone, type Limits, missingForLimits, runLimited } from "../support/limits.ts";
import { describeUnless } from "../support/needs.ts";
import { type Ended, lambdaEnv } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { runs } from "./runs.ts";

const DEEP = "[".repeat(MAX_DEPTH - 1) + "]".repeat(MAX_DEPTH - 1);
const WIDE = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`WIDE_${index}`, `value ${index}`]));
const PEM = "line\n".repeat(400);

const KIB = 1024;
const MIB = 1024 * KIB;
/** Below these the kernel or the C library ends the wrapper before its first instruction, with a signal and no line. */
const MIN = { stack: 64 * KIB, as: 8 * MIB, data: 512 * KIB };

/** Mostly where it begins to be too little. */
function around(min: number, enough: number): fc.Arbitrary<number> {
  return fc.oneof({ weight: 3, arbitrary: fc.integer({ min, max: enough }) }, fc.constant(64 * enough));
}

const limits: fc.Arbitrary<Limits> = fc.record(
  {
    nproc: fc.integer({ min: 0, max: 4 }),
    nofile: fc.oneof(fc.integer({ min: 0, max: 24 }), fc.constant(256)),
    stack: around(MIN.stack, MIB),
    fsize: fc.constantFrom(0, 1, 512, 1999, 2000, MIB),
    as: around(MIN.as, 24 * MIB),
    data: around(MIN.data, 12 * MIB),
  },
  { requiredKeys: [], noNullPrototype: true },
);

describeUnless(missingForLimits(), "under any limits", () => {
  let store: Store;
  let layer: ReturnType<typeof installForEveryone>;
  let folder: string;
  beforeAll(async () => {
    const deep = `{"k":${DEEP}}`;
    store = await startStore({
      "prod/token": "value",
      "prod/deep": deep,
      "prod/wide": JSON.stringify(WIDE),
      "prod/pem": PEM,
    });
    layer = installForEveryone();
    folder = mkdtempSync(join(tmpdir(), "limits-"));
  });
  afterAll(() => {
    store.close();
    layer.remove();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ["of this user, with a file", 0.0008, true],
    ["of a user without privileges", 0.0008, false],
  ])(
    "a start %s has every value, or a line says why not",
    async (_, share, hasFile) => {
      const command = [layer.wrapper, "cat", "/proc/self/environ"];
      const property = fc.asyncProperty(limits, async (limits) => {
        const file = join(folder, `${id++}.pem`);
        const secrets = { TOKEN: "prod/token", DEEP: "prod/deep:k", "*": "prod/wide", PEM: "prod/pem" };
        const withFile = hasFile ? { ...secrets, PEM: { secret: "prod/pem", file } } : secrets;
        const env = { ...lambdaEnv(store.url, withFile), SECRETS_TIMEOUT: "20" };
        checkEnded(await runLimited(limits, command, env, hasFile ? [] : AS_USER), hasFile ? file : undefined);
      });
      await fc.assert(property, { ...runs(share), examples: [[{}]], endOnFailure: true });
    },
    600_000,
  );
});

let id = 0;

function checkEnded({ status, signal, stdout, stderr }: Ended, file?: string): void {
  if (status !== 0) {
    expect({ status, signal, stderr }).toEqual({
      status: expect.any(Number),
      signal: null,
      stderr: expect.stringMatching(/\S.*\n/),
    });
    expect(String(stdout)).toBe("");
    return;
  }
  const environ = parseEnviron(stdout);
  const values = { TOKEN: "value", DEEP, ...WIDE, PEM: file ?? PEM };
  for (const [name, value] of Object.entries(values)) expect([name, String(environ.get(name))]).toEqual([name, value]);
  if (file) expect(readFileSync(file, "utf8")).toBe(PEM);
}
