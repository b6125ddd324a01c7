import type { Entry } from "../../../core/config/parse.ts";
import { failure, success } from "../../../core/fault/result.ts";
import type { Fetched } from "../../../core/sources/decode.ts";
import type { FetchResult } from "../../../core/sources/fetch-all.ts";
import { valuesOf } from "../../../core/values/values-of.ts";
import { DENIED, NOT_THERE, planOf } from "../plans.ts";

function entryOf(secrets: unknown): Entry {
  const [planned] = planOf(secrets);
  if (!planned) throw new Error("no entry");
  return planned.entry;
}

const text = (value: string): FetchResult => success({ name: "prod/x", noun: "secret", kind: "text", text: value });
const parameters: Fetched = { kind: "parameters", values: [["api/key", "1"]] };
const file = { name: "A", path: "/tmp/f", mode: 0o600 };

describe("one entry gives", () => {
  it.each<[unknown, FetchResult, object[]]>([
    [{ A: "x" }, text("value"), [{ name: "A", value: "value" }]],
    [{ A: "x:k" }, text('{"k": 1.0}'), [{ name: "A", value: "1.0" }]],
    [
      { A: { secret: "x", file: "/tmp/f" } },
      text("v"),
      [{ name: "A", value: "/tmp/f", file: { ...file, content: "v" } }],
    ],
    [{ "P_*": "x" }, text('{"a": "1", "n": null}'), [{ name: "P_a", value: "1" }]],
    [{ "P_*": "x" }, text("{}"), []],
    [{ "P_*": "ssm:/app/" }, success(parameters), [{ name: "P_API_KEY", value: "1" }]],
    [["x"], text('{"a": "1"}'), [{ name: "a", value: "1", isWhole: false }]],
    [["x"], text("value"), [{ name: "X", value: "value", isWhole: true }]],
  ])("%j", (secrets, stored, values) => {
    expect(valuesOf(entryOf(secrets), stored, {})).toEqual(success(values));
  });
});

describe("what does not exist", () => {
  it.each<[unknown, object[]]>([
    [{ A: { secret: "x", optional: true } }, []],
    [{ A: { secret: "x", default: "d" } }, [{ name: "A", value: "d" }]],
    [{ A: { secret: "x", default: "d", optional: true } }, [{ name: "A", value: "d" }]],
    [
      { A: { secret: "x", default: "d", file: "/tmp/f" } },
      [{ name: "A", value: "/tmp/f", file: { ...file, content: "d" } }],
    ],
    [{ "*": { secret: "x", optional: true } }, []],
    [[{ secret: "x", optional: true }], []],
  ])("is replaced or left out where the entry allows it: %j", (secrets, values) => {
    expect(valuesOf(entryOf(secrets), failure(NOT_THERE), {})).toEqual(success(values));
    expect(valuesOf(entryOf(secrets), failure(DENIED), {})).toEqual(failure(DENIED));
  });

  it.each([{ A: "x" }, { "*": "x" }, ["x"]])("is an error where it does not: %j", (secrets) => {
    expect(valuesOf(entryOf(secrets), failure(NOT_THERE), {})).toEqual(failure(NOT_THERE));
  });

  it("may be a key or a value that is null", () => {
    for (const stored of [text("{}"), text('{"k": null}')]) {
      expect(valuesOf(entryOf({ A: { secret: "x:k", default: "" } }), stored, {})).toMatchObject({
        value: [{ value: "" }],
      });
      expect(valuesOf(entryOf({ A: "x:k" }), stored, {})).toMatchObject({ ok: false, error: { missing: true } });
    }
  });
});

it("never gives one variable the parameters under a path", () => {
  expect(valuesOf(entryOf({ A: "ssm:/a" }), success(parameters), {})).toMatchObject({
    error: { code: "InternalError" },
  });
});

it("reads a secret with a format by the format's reader only", () => {
  const entry = entryOf({ A: { secret: "x", file: "/tmp/f", format: "x509-svid" } });
  const identity = {
    content: new Map([["key.pem", "key"]]),
    validity: { notBefore: new Date(0), notAfter: new Date(1) },
  };
  const value = { name: "A", value: "/tmp/f", file: { ...file, ...identity } };
  expect(valuesOf(entry, text("x"), { "x509-svid": () => success(identity) })).toEqual(success([value]));
  expect(valuesOf(entry, text("x"), { "x509-svid": () => failure(DENIED) })).toEqual(failure(DENIED));
  expect(valuesOf(entry, text("x"), {})).toMatchObject({ error: { code: "InternalError" } });
});
