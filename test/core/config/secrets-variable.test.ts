import * as fc from "fast-check";
import { CANARY, expectNoCanary } from "../../support/canary.ts";
import { anyText } from "../any-text.ts";
import { expectComplete, expectFaults } from "../expect-problems.ts";
import { parseSecrets } from "../parse-secrets.ts";

it.each([
  ["", /not valid JSON.*empty/],
  ["  \n", /not valid JSON.*empty/],
  ["DB=prod/db", /not valid JSON.*line 1, column 1/],
  ['{"A": "x",}', /not valid JSON.*line 1, column 11/],
  ['{"A": "x" // why\n}', /not valid JSON.*comment/],
  ['"prod/db"', /neither an object nor a list/],
  ["null", /neither an object nor a list/],
])("%j is refused", (text, cause) => {
  expectFaults(parseSecrets(text).faults, ["SECRETS", "InvalidJson", cause, /\{"DB_PASSWORD": "prod\/db:password"\}/]);
});

it("whatever it is, no exception is thrown, and what is not JSON is not quoted", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { faults } = parseSecrets(`${text}${CANARY}`);
      expectNoCanary(faults);
      expect(faults).toMatchObject([{ subject: "SECRETS", code: "InvalidJson" }]);
    }),
  );
});

it.each([100, 4000, 50_000])("may be nested %i deep", (depth) => {
  expectComplete(parseSecrets("[".repeat(depth) + "]".repeat(depth)).faults);
  expect(parseSecrets('{"a":'.repeat(depth)).faults).toMatchObject([{ subject: "SECRETS", code: "InvalidJson" }]);
});
