import { loadCheckOptions } from "../../../core/config/load-check-options.ts";
import type { EntryList } from "../../../core/config/parse.ts";
import { toEntryList } from "../../../core/config/secrets-variable.ts";
import { type Json, parseJson } from "../../../core/json/json.ts";
import { unwrap } from "../unwrap.ts";

const load = (...texts: string[]) =>
  loadCheckOptions(texts.map((text) => unwrap(toEntryList(parseJson(text) as Json)) as EntryList));

it.each(['{"A":"x"}', '["x"]', "{}", "[]", '{"A":["x"],"B":5}'])("loads nothing for %s", async (text) => {
  const check = await load(text);
  expect(() => check({})).toThrow("no entry has options");
});

it.each([['{"A":{}}'], ['["x",{"secret":"y"}]'], ['{"A":"x"}', '{"B":{"secret":"y"}}']])(
  "loads zod for %s",
  async (...texts) => {
    const check = await load(...texts);
    expect(check({ secret: "x" })).toEqual([]);
    expect(check({ secret: 5 })).toHaveLength(1);
  },
);
