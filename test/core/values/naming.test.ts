import * as fc from "fast-check";
import { nameAll, toVariableName } from "../../../core/values/naming.ts";
import { anyText } from "../any-text.ts";
import { expectProblem } from "../expect-problems.ts";
import { unwrap } from "../unwrap.ts";

it.each([
  ["db-password", "DB_PASSWORD"],
  ["db.host/name", "DB_HOST_NAME"],
  ["9", "9"],
  ["ß ü", "SS__"],
])("%s in upper case is %s", (name, variable) => {
  expect(toVariableName(name, "upper")).toBe(variable);
});

it("in upper case has only characters of variable names", () => {
  fc.assert(fc.property(anyText, (name) => expect(toVariableName(name, "upper")).toMatch(/^[A-Z0-9_]*$/)));
});

it("keeps every character where names are exact", () => {
  fc.assert(fc.property(anyText, (name) => expect(toVariableName(name, "exact")).toBe(name)));
});

it("refuses two names that become one, and keeps them apart where they are exact", () => {
  const values: [string, string][] = [
    ["a-b", "1"],
    ["a_b", "2"],
  ];
  expectProblem(unwrap(nameAll(values, "upper", "JSON keys")), "NameCollision", /two JSON keys/, /"A_B"/);
  expect(unwrap(nameAll(values, "exact", "JSON keys"))).toEqual(new Map(values));
});
