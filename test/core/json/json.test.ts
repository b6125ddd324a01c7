import * as fc from "fast-check";
import {
  elements,
  isArray,
  isNull,
  isObject,
  isTooDeep,
  type Json,
  MAX_DEPTH,
  members,
  parseJson,
  toValue,
  toVariableText,
} from "../../../core/json/json.ts";
import { anyText } from "../any-text.ts";
import { damagedJson } from "../damaged-json.ts";

describe("what goes into a variable", () => {
  it.each([
    ["12345678901234567890", "12345678901234567890"],
    ["1.10", "1.10"],
    ["-0", "-0"],
    ["1E+3", "1E+3"],
    ["true", "true"],
    ["false", "false"],
    ['"a\\n\\u00e9\\ud83d\\udd11\\/"', "a\né🔑/"],
    ['""', ""],
    [' [ 1.0 , "a b" , { "k" : null } ] ', '[1.0,"a b",{"k":null}]'],
    ['{ "b" : 1 , "a" : 12345678901234567890 , "b" : 2 }', '{"b":1,"a":12345678901234567890,"b":2}'],
    ['["\\ud83d"]', '["\\ud83d"]'],
    ['{"__proto__": 1}', '{"__proto__":1}'],
  ])("of %s is %s", (source, text) => {
    expect(toVariableText(parsed(source))).toBe(text);
  });

  it("is a string's own text, exactly", () => {
    fc.assert(fc.property(anyText, (text) => expect(toVariableText(parsed(JSON.stringify(text)))).toBe(text)));
  });

  it("is a number's source text, exactly", () => {
    const number = fc.stringMatching(/^-?(0|[1-9]\d{0,30})(\.\d{1,20})?([eE][+-]?\d{1,3})?$/);
    fc.assert(fc.property(number, (source) => expect(toVariableText(parsed(` [${source} ]`))).toBe(`[${source}]`)));
    fc.assert(fc.property(number, (source) => expect(toVariableText(parsed(` ${source}\n`))).toBe(source)));
  });

  it("is compact JSON of the same value for objects and lists", () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(anyValue), fc.dictionary(anyText, anyValue)), (value) => {
        const source = JSON.stringify(value, null, 2);
        expect(toVariableText(parsed(source))).toBe(JSON.stringify(JSON.parse(source)));
      }),
    );
  });
});

describe("reading JSON", () => {
  it("takes exactly what JSON.parse takes, and gives the same value", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), damagedJson, anyText, looksLikeJson), (source) => {
        const json = parseJson(source);
        expect(json && JSON.stringify(toValue(json))).toEqual(reference(source));
      }),
      { numRuns: 300 },
    );
  });

  it("keeps the order and the duplicates of an object's keys", () => {
    const pairs = Array.from(members(parsed('{"b": 1, "10": 2, "a": 3, "b": 4}')), ([name, value]) => [
      name,
      toVariableText(value),
    ]);
    expect(pairs).toEqual([
      ["b", "1"],
      ["10", "2"],
      ["a", "3"],
      ["b", "4"],
    ]);
  });

  it("tells objects, lists and null apart", () => {
    const kinds = (source: string) => [isObject, isArray, isNull].map((is) => is(parsed(source)));
    expect(kinds("{}")).toEqual([true, false, false]);
    expect(kinds("[]")).toEqual([false, true, false]);
    expect(kinds("null")).toEqual([false, false, true]);
    expect(kinds('"null"')).toEqual([false, false, false]);
    expect([...elements(parsed('[1, "a"]'))].map(toVariableText)).toEqual(["1", "a"]);
  });

  it.each(["[", '{"a":'])("refuses %s nested without end", (opening) => {
    expect(parseJson(opening.repeat(100_000))).toBeUndefined();
  });
});

describe("depth", () => {
  const nested = (depth: number, inner = "") => `${'{"k":['.repeat(depth / 2)}${inner}${"]}".repeat(depth / 2)}`;

  it("is read up to a limit, and no deeper", () => {
    expect(parseJson(nested(MAX_DEPTH))).toBeDefined();
    expect(parseJson(nested(MAX_DEPTH + 2))).toBeUndefined();
    expect(isTooDeep(nested(MAX_DEPTH + 2))).toBe(true);
  });

  it("is neither width nor brackets in texts", () => {
    expect(parseJson(`[${Array(1000).fill("[{}]").join(",")}]`)).toBeDefined();
    expect(parseJson(nested(MAX_DEPTH, JSON.stringify('[{"\\'.repeat(1000))))).toBeDefined();
  });
});

function parsed(source: string): Json {
  const json = parseJson(source);
  if (!json) throw new Error("not JSON");
  return json;
}

function reference(source: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(source));
  } catch {
    return undefined;
  }
}

const anyValue = fc.jsonValue({ stringUnit: anyText });
const looksLikeJson = fc.string({ unit: fc.constantFrom(...'[]{},:"\\u0019.eE+-truefalsn \n\t/*\u2028\ufeff\u00a0') });
