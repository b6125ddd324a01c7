import { parseSecrets } from "../../../core/config/parse.ts";
import { GRAMMAR } from "../../support/grammar.ts";
import { expectComplete } from "../builders.ts";

it.each(GRAMMAR)("$name", ({ secrets, faults: expected }) => {
  const { entries, faults } = parseSecrets(JSON.stringify(secrets));
  expect(faults.map(({ subject, code }) => `${subject} ${code}`)).toEqual(expected);
  expectComplete(faults);
  if (expected.length === 0) expect(entries).toHaveLength(Object.keys(Object(secrets)).length);
});
