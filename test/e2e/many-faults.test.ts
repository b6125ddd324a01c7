import { CANARY } from "../support/canary.ts";
import { expectNoLeak, runWithFault } from "../support/fault-run.ts";
import { type Provoke, refusing } from "../support/fault-servers.ts";
import { denied, type Stored, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

/** The longest line that CloudWatch Logs keeps in one piece. */
const MAX_EVENT_BYTES = 256 * 1024;

const KINDS: { kind: string; lines: (count: number) => number; provoke: (names: string[]) => Provoke }[] = [
  { kind: "with one cause in common", lines: () => 1, provoke: () => refusing },
  { kind: "that do not exist", lines: () => 1, provoke: () => () => startStore({}) },
  {
    kind: "each of which is denied",
    lines: (count) => count,
    provoke: (names) => store(names, (name) => denied(name)),
  },
  {
    kind: "whose JSON has not the key",
    lines: () => 1,
    provoke: (names) => store(names, () => JSON.stringify({ user: CANARY })),
  },
];

describe.each(WRAPPERS)("on %s", (_, wrapper) => {
  describe.each([1, 10, 200])("a report of %i entries", (count) => {
    it.each(KINDS)("$kind", async ({ lines, provoke }) => {
      const variables = Array.from({ length: count }, (_, index) => `VARIABLE_${index}`);
      const secrets = Object.fromEntries(variables.map((name) => [name, `prod/${name}:password`]));
      const endpoint = provoke(Object.values(secrets).map((reference) => reference.split(":")[0] ?? ""));
      const ended = await runWithFault(wrapper, { provoke: endpoint, secrets: { ...secrets, THERE: "prod/there" } });
      expect(ended).toMatchObject({ status: 1, started: false });
      expectNoLeak(ended);
      expectReport(ended.stderr, variables, lines(count));
      for (const name of variables) expect(ended.told).toMatch(new RegExp(`\\b${name}\\b`));
    });
  });
});

/** Every variable once, with its secret; how many there are; no more lines than there are things to mend. */
function expectReport(stderr: string, variables: string[], lines: number): void {
  const errors = stderr.split("\n").filter((line) => line.startsWith("[secrets-wrapper] ERROR "));
  expect(errors).toHaveLength(lines);
  for (const line of errors) expect(Buffer.byteLength(line)).toBeLessThan(MAX_EVENT_BYTES);
  for (const name of variables) expect(stderr.split(`${name} (from "prod/${name}")`)).toHaveLength(2);
  expect(stderr).toMatch(/FATAL The function was not started: \d+ faults?, listed above\.\n$/);
}

function store(names: string[], stored: (name: string) => Stored): Provoke {
  const secrets = Object.fromEntries(names.map((name) => [name, stored(name)]));
  return () => startStore({ ...secrets, "prod/there": CANARY });
}
