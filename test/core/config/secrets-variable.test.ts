import * as fc from "fast-check";
import { readEntries } from "../../../core/config/entries.ts";
import type { Fault } from "../../../core/fault/fault.ts";
import { CANARY, expectNoCanary } from "../../support/canary.ts";
import { anyText } from "../any-text.ts";
import { expectComplete, expectFaults } from "../expect-problems.ts";

async function faultsOf(text: string): Promise<Fault[]> {
  return (await readEntries({ SECRETS: text })).faults;
}

it.each([
  ["", /not valid JSON.*empty/],
  ["  \n", /not valid JSON.*empty/],
  ["DB=prod/db", /not valid JSON.*line 1, column 1/],
  ['{"A": "x",}', /not valid JSON.*line 1, column 11/],
  ['{"A": "x" // why\n}', /not valid JSON.*comment/],
  ['"prod/db"', /neither an object nor a list/],
  ["null", /neither an object nor a list/],
])("%j is refused", async (text, cause) => {
  expectFaults(await faultsOf(text), ["SECRETS", "InvalidJson", cause, /\{"DB_PASSWORD": "prod\/db:password"\}/]);
});

it("whatever it is, no exception is thrown, and what is not JSON is not quoted", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const faults = await faultsOf(`${text}${CANARY}`);
      expectNoCanary(faults);
      expect(faults).toMatchObject([{ subject: "SECRETS", code: "InvalidJson" }]);
    }),
  );
});

it.each([100, 4000, 50_000])("may be nested %i deep", async (depth) => {
  expectComplete(await faultsOf("[".repeat(depth) + "]".repeat(depth)));
  expect(await faultsOf('{"a":'.repeat(depth))).toMatchObject([{ subject: "SECRETS", code: "InvalidJson" }]);
});
