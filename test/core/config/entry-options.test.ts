import { checkOptions } from "../../../core/config/check-options.ts";
import { parseEntryOptions, referenceText } from "../../../core/config/entry-options.ts";
import { type Json, parseJson } from "../../../core/json/json.ts";
import { unwrap } from "../unwrap.ts";

const json = (value: unknown) => parseJson(JSON.stringify(value)) as Json;
const parse = (value: unknown) => unwrap(parseEntryOptions(json(value), checkOptions));

function codesOf(text: string): string[] {
  const options = parseEntryOptions(parseJson(text) as Json, checkOptions);
  return options.ok ? [] : options.error.map(({ code }) => code);
}

it.each([
  ["prod/db", { secret: "prod/db" }],
  ["prod/db:password", { secret: "prod/db", key: "password" }],
  ["prod/db::AWSPREVIOUS:", { secret: "prod/db::AWSPREVIOUS:" }],
  ["ssm:/prod/log-level:3", { parameter: "/prod/log-level:3" }],
  ["ssm:/prod/app/**", { parameter: "/prod/app/**" }],
])("the reference %j and the object %j are the same entry", (reference, options) => {
  const entry = parse(reference);
  expect(entry).toHaveProperty("reference.id");
  expect(parse(options)).toEqual(entry);
});

it("takes a key with a colon from the object", () => {
  expect(parse({ secret: "prod/db", key: "a:b" })).toMatchObject({
    reference: { id: "prod/db" },
    key: "a:b",
  });
});

it("refuses an option that is there twice, whatever its values", () => {
  expect(codesOf('{"secret": "a", "secret": "a"}')).toEqual(["DuplicateEntry"]);
});

it.each([
  ["prod/db::::", "prod/db::::"],
  [{ secret: "prod/db", kye: "x" }, "prod/db"],
  [{ parameter: "/prod/x", optional: "yes" }, "/prod/x"],
  [{ secret: 5 }, undefined],
  ["", undefined],
  [null, undefined],
])("names the secret of %j in a fault, however wrong the rest: %j", (entry, text) => {
  expect(referenceText(json(entry))).toBe(text);
});
