import * as fc from "fast-check";
import type { StoredValue } from "../../../core/sources/decode.ts";
import * as select from "../../../core/values/select.ts";
import { CANARY, expectNoCanary } from "../../support/canary.ts";
import { anyText } from "../any-text.ts";
import { expectProblem } from "../expect-problems.ts";
import { unwrap } from "../unwrap.ts";

const selectValue = (secret: StoredValue, key: string | undefined) => unwrap(select.selectValue(secret, key));
const selectAll = (...args: Parameters<typeof select.selectAll>) => unwrap(select.selectAll(...args));
const selectByName = (...args: Parameters<typeof select.selectByName>) => unwrap(select.selectByName(...args));
const text = (value: string, name = "prod/api-token"): StoredValue => ({
  name,
  noun: "secret",
  kind: "text",
  text: value,
});
const json = (value: unknown) => text(JSON.stringify(value));
const binary: StoredValue = { name: "prod/tls.key", noun: "secret", kind: "binary", base64: "AAECAwT/" };

describe("the whole secret", () => {
  it("is its text, whatever it holds", () => {
    fc.assert(fc.property(anyText, (value) => expect(selectValue(text(value), undefined)).toBe(value)));
  });

  it("is base64 where it is binary", () => {
    expect(selectValue(binary, undefined)).toBe("AAECAwT/");
  });
});

describe("one key", () => {
  it.each([
    ['{"k": "a b"}', "a b"],
    ['{"k": ""}', ""],
    ['{"k": 12345678901234567890}', "12345678901234567890"],
    ['{"k": 1.10}', "1.10"],
    ['{"k": false}', "false"],
    ['{"k": {"b": [1, null]}}', '{"b":[1,null]}'],
    ['{"k": "first", "k": "last"}', "last"],
    ['{"k": null, "k": "last"}', "last"],
  ])("of %s is %j", (secret, value) => {
    expect(selectValue(text(secret), "k")).toBe(value);
  });

  it.each(["", "a:b", "__proto__", "toString", "ключ", "a b"])("may be called %j", (key) => {
    expect(selectValue(text(`{${JSON.stringify(key)}: "v"}`), key)).toBe("v");
  });

  it.each(["toString", "__proto__", "length", "K", "k "])("%s is not there unless it was put there", (key) => {
    const cause = selectValue(json({ k: CANARY, other: 1 }), key);
    expectProblem(cause, "KeyNotFound", /no JSON key/, /It has "k", "other"\. Correct the key/);
    expect(cause).toMatchObject({ missing: true, cause: expect.stringContaining(JSON.stringify(key)) });
  });

  it("that is not there is told with at most thirty that are", () => {
    const many = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`key${index}`, CANARY]));
    expectProblem(selectValue(json(many), "k"), "KeyNotFound", /"k"/, /"key0".*"key29" and 3 more/);
    expectProblem(selectValue(json({}), "k"), "KeyNotFound", /"k"/, /It has none/);
  });

  it.each(['{"k": null}', '{"k": "v", "k": null}'])("of %s counts as missing", (secret) => {
    const cause = selectValue(text(secret), "k");
    expectProblem(cause, "KeyIsNull", /"k" is null/, /"optional".*"default"/);
    expect(cause).toMatchObject({ missing: true });
  });
});

describe("keys of a secret", () => {
  it.each([
    ["a text", text(CANARY), /not JSON/],
    ["damaged JSON", text(`{"k": "${CANARY}"`), /not JSON/],
    ["a list", json([CANARY]), /not an object/],
    ["a JSON string", json(CANARY), /not an object/],
    ["null", json(null), /not an object/],
    ["binary", binary, /is binary/],
  ])("are not looked for in %s, which no default forgives", (_, secret, words) => {
    for (const cause of [selectValue(secret, "k"), selectAll(secret)]) {
      expectProblem(cause, "NotJson", words, /reference without a key/);
      expect(cause).not.toHaveProperty("missing");
      expectNoCanary(cause);
    }
  });

  it("are never looked for in what JSON.parse refuses, and none of it is quoted", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const problem = selectAll(text(`${value}${CANARY}`));
        expect(problem).toMatchObject({ code: "NotJson" });
        expectNoCanary(problem);
      }),
    );
  });

  it("are all taken, one by one or together, but for those that are null", () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, fc.jsonValue({ maxDepth: 2 })), (object) => {
        const secret = json(object);
        const there = Object.entries(JSON.parse(JSON.stringify(object))).filter(([, value]) => value !== null);
        const expected = there.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]);
        const all = selectAll(secret);
        expect(new Map(all as Map<string, string>)).toEqual(new Map(expected as [string, string][]));
        for (const [key, value] of expected) expect(selectValue(secret, key as string)).toBe(value);
      }),
    );
  });

  it("keep their order", () => {
    expect([...(selectAll(text('{"b": 1, "10": 2, "a": 3, "n": null}')) as Map<string, string>).keys()]).toEqual([
      "b",
      "10",
      "a",
    ]);
  });
});

describe("names", () => {
  const path = { kind: "parameters" as const, values: [["db/host-name", "h"]] as [string, string][] };

  it("of keys are exact unless upper case is asked for", () => {
    const secret = json({ "db-password": "p", a: null });
    expect(selectAll(secret)).toEqual(new Map([["db-password", "p"]]));
    expect(selectAll(secret, "upper")).toEqual(new Map([["DB_PASSWORD", "p"]]));
  });

  it("of parameters are in upper case unless they are to be exact, with their levels joined in either", () => {
    expect(selectAll(path)).toEqual(new Map([["DB_HOST_NAME", "h"]]));
    expect(selectAll(path, "exact")).toEqual(new Map([["db_host-name", "h"]]));
  });

  it("do not collide with a key whose value is null", () => {
    expect(selectAll(json({ "a-b": null, A_B: "v" }), "upper")).toEqual(new Map([["A_B", "v"]]));
  });

  it("that become one are a fault, in a list too, where the secret is not taken as a whole", () => {
    const secret = json({ "a-b": "1", a_b: "2" });
    for (const problem of [selectAll(secret, "upper"), selectByName(secret, "upper")])
      expectProblem(problem, "NameCollision", /two JSON keys/, /"A_B"/);
  });

  it("of whole secrets in a list are in upper case unless they are to be exact", () => {
    expect(selectByName(text("v", "prod/api_token"), "exact")).toMatchObject({ values: new Map([["api_token", "v"]]) });
    expect(selectByName(json({ "a-b": "1" }), "upper")).toMatchObject({ values: new Map([["A_B", "1"]]) });
  });
});

describe("a secret in a list", () => {
  const whole = (name: string, value: string) => ({ values: new Map([[name, value]]), isWhole: true });

  it("gives one variable for each key of a JSON object", () => {
    const values = new Map([
      ["A", "1"],
      ["b", "2"],
    ]);
    expect(selectByName(json({ A: "1", b: 2, C: null }))).toEqual({ values, isWhole: false });
  });

  it.each([
    ["prod/api-token", "API_TOKEN"],
    ["api", "API"],
    ["prod/eu/db.password@v2", "DB_PASSWORD_V2"],
    ["prod/trailing/", "TRAILING"],
    ["/", "_"],
  ])("that is called %s and is a text gives %s", (name, variable) => {
    expect(selectByName(text(CANARY, name))).toEqual(whole(variable, CANARY));
  });

  it("gives one variable for any other JSON, and for bytes", () => {
    expect(selectByName(text("[1, 2]"))).toEqual(whole("API_TOKEN", "[1, 2]"));
    expect(selectByName(text('"x"'))).toEqual(whole("API_TOKEN", '"x"'));
    expect(selectByName(binary)).toEqual(whole("TLS_KEY", "AAECAwT/"));
  });
});

it("reads no keys where the JSON is too deep, and never takes it for a text", () => {
  const deep = text(`{"k": "${CANARY}", "d": ${"[".repeat(500)}${"]".repeat(500)}}`);
  for (const cause of [selectValue(deep, "k"), selectAll(deep), selectByName(deep)]) {
    expectProblem(cause, "NotJson", /nested more than 200 levels deep/, /whole secret/);
    expectNoCanary(cause);
  }
  expect(selectValue(deep, undefined)).toBe(deep.kind === "text" && deep.text);
});
