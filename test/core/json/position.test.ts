import * as fc from "fast-check";
import { positionsIn } from "../../../core/json/position.ts";
import { anyText } from "../any-text.ts";

it.each([
  ["", 0, 1, 1],
  ["abc", 2, 1, 3],
  ["a\nb", 1, 1, 2],
  ["a\nb", 2, 2, 1],
  ["a\r\n\n b", 5, 3, 2],
])("in %j is of %i line %i, column %i", (text, offset, line, column) => {
  expect(positionsIn(text)(offset)).toEqual({ line, column });
});

it("is that of counting, for any text", () => {
  fc.assert(
    fc.property(anyText, anyText, (before, after) => {
      const lines = before.split("\n");
      const expected = { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
      expect(positionsIn(before + after)(before.length)).toEqual(expected);
    }),
  );
});
