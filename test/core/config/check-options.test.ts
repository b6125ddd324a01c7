import { checkOptions } from "../../../core/config/check-options.ts";
import { grammar } from "../../../core/config/grammar.ts";
import { expectProblem } from "../expect-problems.ts";

it.each(grammar.options.filter(({ name }) => name !== "secret" && name !== "parameter"))(
  "says what $name must be",
  ({ name, expected }) => {
    const [problem, ...others] = checkOptions({ secret: "x", [name]: -5 });
    expect(others).toEqual([]);
    expectProblem(problem, "InvalidOption", new RegExp(`"${name}" must be ${expected}`), /./);
  },
);

it("names all options where one is not known", () => {
  const [problem] = checkOptions({ secret: "x", kye: "y" });
  for (const { name } of grammar.options) expect(problem?.remedy).toContain(`"${name}"`);
});

it("reports all that is wrong at once", () => {
  const problems = checkOptions({ kye: "x", optional: "yes", encoding: 5 });
  expect(problems.map(({ code }) => code).sort()).toEqual([
    "InvalidOption",
    "InvalidOption",
    "InvalidOption",
    "UnknownOption",
  ]);
});

it("has nothing to say of valid options", () => {
  expect(checkOptions({ secret: "x", key: "k", optional: true, encoding: "base64", file: "f", mode: "0640" })).toEqual(
    [],
  );
  for (const ttl of [0, 60, 86_400]) expect(checkOptions({ secret: "x", ttl })).toEqual([]);
});
