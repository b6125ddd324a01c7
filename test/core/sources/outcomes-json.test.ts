import * as fc from "fast-check";
import { failure, success } from "../../../core/fault/result.ts";
import type { FetchResult } from "../../../core/sources/fetch-all.ts";
import { parseOutcomes, stringifyOutcomes } from "../../../core/sources/outcomes-json.ts";

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const metadata = {
  name: fc.string(),
  noun: fc.constantFrom("secret", "parameter"),
  version: optional(fc.string()),
  created: optional(fc.date({ noInvalidDate: true })),
};
const outcome = fc.oneof(
  fc.record({ ...metadata, kind: fc.constant("text"), text: fc.string({ unit: "binary" }) }).map(success),
  fc.record({ ...metadata, kind: fc.constant("binary"), base64: fc.base64String() }).map(success),
  fc.record({ kind: fc.constant("parameters"), values: fc.array(fc.tuple(fc.string(), fc.string())) }).map(success),
  fc
    .record({ code: fc.string(), cause: fc.string(), remedy: fc.string(), missing: optional(fc.constant(true)) })
    .map(failure),
) as fc.Arbitrary<FetchResult>;

it("gives outcomes back as they were", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), outcome)), (pairs) => {
      const outcomes = new Map(pairs);
      expect(parseOutcomes(stringifyOutcomes(outcomes))).toEqual(outcomes);
    }),
  );
});

it.each(["", "{}", "null", "[1]", "<html>"])("takes nothing else for outcomes: %j", (text) => {
  expect(() => parseOutcomes(text)).toThrow();
});
