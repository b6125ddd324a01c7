import * as fc from "fast-check";
import { describeJsonError } from "../../../core/json/json-error.ts";
import { CANARY } from "../../support/canary.ts";
import { anyText } from "../any-text.ts";
import { damagedJson } from "../damaged-json.ts";

describe("the place where a text stops being JSON", () => {
  it.each([
    ["{'a': 1}", "line 1, column 2: invalid symbol"],
    ['{"a": 1,}', "line 1, column 9: property name expected"],
    ['{"a" 1}', "line 1, column 6: colon expected"],
    ['{\n  "a": 1\n  "b": 2\n}', "line 3, column 3: comma expected"],
    ['{"a": "x"', "line 1, column 10: close brace expected"],
    ["[1]]", "line 1, column 4: end of file expected"],
    ["/* a */ {}", "line 1, column 1: invalid comment token"],
    ['"\u007f', "line 1, column 1: unexpected end of string"],
  ])("in %j is %s", (source, where) => {
    expect(describeJsonError(source)).toBe(where);
  });

  it("is told without quoting anything", () => {
    fc.assert(
      fc.property(damagedJson, anyText, (damaged, text) => {
        for (const source of [damaged, text, text + CANARY, CANARY + damaged]) {
          expect(describeJsonError(source)).toMatch(
            /^(line \d+, column \d+: [a-z ]+|it is not strict JSON|it is nested more than 200 levels deep)$/,
          );
        }
      }),
    );
  });

  it.each(["[", '{"a":'])("is not told where %s is nested without end", (opening) => {
    expect(describeJsonError(opening.repeat(100_000))).toBe("it is nested more than 200 levels deep");
  });
});
