import * as fc from "fast-check";
import { quote } from "../../../core/fault/fault.ts";
import { anyText } from "../any-text.ts";

describe("a quoted name", () => {
  it.each([
    ["prod/db", '"prod/db"'],
    ['a"b', '"a\\"b"'],
    ["a\nb\u001b[31m", '"a\\nb\\u001b[31m"'],
    ["\ud83d", '"\\ud83d"'],
  ])("%j is %s", (name, quoted) => {
    expect(quote(name)).toBe(quoted);
  });

  it("cannot break a line or reach a terminal, whatever it is", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that may not be there
        expect(quote(name)).toMatch(/^"[^\u0000-\u001f]*"$/);
        expect(JSON.parse(quote(name))).toBe(name);
      }),
    );
  });

  it("is cut where it is far too long, and says so", () => {
    expect(quote("n".repeat(200))).toBe(`"${"n".repeat(200)}"`);
    expect(quote("n".repeat(201))).toBe(`"${"n".repeat(200)}…"`);
  });
});
