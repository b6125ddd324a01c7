import { parameterNotFound } from "../../../../core/sources/explain/explain-parameter.ts";

it("says that a parameter is absent, so that it may be optional, and where it was looked for", () => {
  const problem = parameterNotFound({ kind: "parameter", id: "/prod/x" }, "eu-west-1");
  expect(problem).toMatchObject({
    code: "ParameterNotFound",
    missing: true,
    remedy: expect.stringContaining("eu-west-1"),
  });
});

it("names the version that was asked for", () => {
  const problem = parameterNotFound({ kind: "parameter", id: "/prod/x", version: "live" }, "eu-west-1");
  expect(problem.cause).toContain('"live"');
});

it.each([
  ["port", true],
  ["3", false],
  [undefined, false],
])("shows how a JSON key is written where %j may be meant as one: %s", (version, isShown) => {
  const { remedy } = parameterNotFound({ kind: "parameter", id: "/prod/x", ...(version && { version }) }, "eu-west-1");
  expect(remedy.includes('{"parameter":"/prod/x","key":"port"}')).toBe(isShown);
});

it.each([true, false])("tells how to take all levels under a path only where they were not taken (%s)", (recursive) => {
  const { remedy } = parameterNotFound({ kind: "path", id: "/prod/", recursive }, "eu-west-1");
  expect(/all levels/.test(remedy)).toBe(!recursive);
});
