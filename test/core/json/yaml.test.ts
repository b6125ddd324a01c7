import * as fc from "fast-check";
import { stringify } from "yaml";
import { failure } from "../../../core/fault/result.ts";
import { MAX_DEPTH } from "../../../core/json/json.ts";
import { type AsJson, yamlToJson } from "../../../core/json/yaml.ts";
import { CANARY, expectNoCanary } from "../../support/canary.ts";
import { anyText } from "../any-text.ts";

const TOO_DEEP = failure({ wrong: "it is nested more than 200 levels deep" });

function converted(yaml: string): AsJson {
  const found = yamlToJson(yaml, MAX_DEPTH);
  if (!found.ok) throw new Error(found.error.wrong);
  return found.value;
}

describe("as JSON", () => {
  it.each([
    ["a: prod/db:key::id # a comment", '{"a":"prod/db:key::id"}'],
    ["a: no\nb: on\nc: 2001-01-01\nd: 1:30", '{"a":"no","b":"on","c":"2001-01-01","d":"1:30"}'],
    ["a: 5\nb: 0x1F\nc: .nan\nd: true\ne: ~\nf:", '{"a":5,"b":31,"c":null,"d":true,"e":null,"f":null}'],
    ["a: '5'\nb: \"x\\ny\"\nc: !!str 5", '{"a":"5","b":"x\\ny","c":"5"}'],
    ["a: |\n  x\n  y\nb: >-\n  x\n  y", '{"a":"x\\ny\\n","b":"x y"}'],
    ["b: 1\na: {c: [d, {e: f}]}\nb: 2", '{"b":1,"a":{"c":["d",{"e":"f"}]},"b":2}'],
    ["1: x\ntrue: x\n~: x\n'2': x\n? y\n: x\n? z", '{"1":"x","true":"x","~":"x","2":"x","y":"x","z":null}'],
    ["- a\n- {b: c}\n-", '["a",{"b":"c"},null]'],
    ["<<: {a: b}\n__proto__: x", '{"<<":{"a":"b"},"__proto__":"x"}'],
    ["&anchor a: &other b", '{"a":"b"}'],
    ["--- # one document\n{}\n...\n", "{}"],
    ["%YAML 1.1\n---\na: no", '{"a":"no"}'],
    ["# nothing", "null"],
    ['{"json": ["is", "YAML"]}', '{"json":["is","YAML"]}'],
  ])("%j is %s", (yaml, json) => {
    expect(converted(yaml).text).toBe(json);
  });

  it("is any value that is written as YAML", () => {
    const value = fc.jsonValue({ stringUnit: "binary" });
    fc.assert(
      fc.property(value, fc.boolean(), (value, isFlow) => {
        const yaml = stringify(value, { aliasDuplicateObjects: false, collectionStyle: isFlow ? "flow" : "any" });
        expect(JSON.parse(converted(yaml).text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("knows where in the YAML its keys and values are", () => {
    const yaml = "# one\nab: x\n'c d': [y, {z: 1}]\n";
    const { text, offsets } = converted(yaml);
    const found = [...offsets].map(([to, from]) => [text.slice(to, to + 3), yaml.slice(from, from + 3)]);
    expect(found).toEqual([
      ['{"a', "ab:"],
      ['"ab', "ab:"],
      ['"x"', "x\n'"],
      ['"c ', "'c "],
      ['["y', "[y,"],
      ['"y"', "y, "],
      ['{"z', "{z:"],
      ['"z"', "z: "],
      ["1}]", "1}]"],
    ]);
  });
});

describe("what is wrong, and where,", () => {
  it.each([
    ["a: [x", /bad indent|missing char/, 5],
    ["a: 'x", /missing char/, 5],
    ["a:\n\t- b", /tab as indent/, 3],
    ["a: prod/db:\n", /colon at its end.*needs quotes/, 3],
    ["a: @x", /needs quotes/, 3],
    ["*: prod/app", /begins with \* needs quotes/, 1],
    ["a: x\n*: prod/app\nb: y", /begins with \* needs quotes/, 5],
    ["a: *", /begins with \* needs quotes/, 3],
    ["a: &x y\nb: *x", /alias is not supported/, 11],
    ["a: *none", /alias is not supported/, 3],
    ["a: !Sub x", /tag is not supported/, 3],
    ["a: !!timestamp 2001-01-01", /tag is not supported/, 3],
    ["a: !!binary aGk=", /tag is not supported/, 3],
    ["? [a]\n: b", /key is not a string/, 2],
    ["{a: b}: c", /key is not a string/, 0],
    ["a: 1\n---\nb: 2", /second document/, 5],
    ["%NO such\n---\na: b", /bad directive/, 0],
  ])("with %j, is told", (yaml, wrong, offset) => {
    expect(yamlToJson(yaml, MAX_DEPTH)).toEqual(failure({ wrong: expect.stringMatching(wrong), offset }));
  });

  it("is told without an exception and without quoting anything", () => {
    const unit = fc.constantFrom(..."-?:,[]{}#&*!|>'\"%@` \n\tab5~<\r\0");
    const text = fc.oneof(fc.string({ unit }), anyText);
    fc.assert(
      fc.property(text, text, (before, after) => {
        const found = yamlToJson(before + CANARY + after, MAX_DEPTH);
        if (found.ok) return void JSON.parse(found.value.text);
        expectNoCanary(found.error);
        expect(found.error.offset).toBeLessThanOrEqual((before + CANARY + after).length);
      }),
      { numRuns: 1000 },
    );
  });

  it("is so of aliases that would be gigabytes", () => {
    const levels = Array.from({ length: 30 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`);
    expect(yamlToJson(["a0: &a0 x", ...levels].join("\n"), MAX_DEPTH)).toMatchObject({
      error: { wrong: expect.stringMatching(/alias/) },
    });
  });

  it.each([
    ["lists in a line", (depth: number) => "- ".repeat(depth)],
    ["lists", (depth: number) => "[".repeat(depth) + "]".repeat(depth)],
    ["maps", (depth: number) => "{a: ".repeat(depth) + "}".repeat(depth)],
    ["keys", (depth: number) => `${"? ".repeat(depth)}a`],
    ["indented maps", (depth: number) => Array.from({ length: depth }, (_, at) => `${" ".repeat(at)}a:\n`).join("")],
  ])("is the depth of %s", (_, nested) => {
    expect(yamlToJson(nested(MAX_DEPTH), MAX_DEPTH)).not.toEqual(TOO_DEEP);
    expect(yamlToJson(nested(MAX_DEPTH + 3), MAX_DEPTH)).toEqual(TOO_DEEP);
  });
});
