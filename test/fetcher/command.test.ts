import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fault } from "../../core/fault/fault.ts";
import type { Env } from "../../core/host/env.ts";
import { buildCommand } from "../../fetcher/command.ts";
import { expectFaults } from "../core/expect-problems.ts";
import { unwrap } from "../core/unwrap.ts";

const home = mkdtempSync(join(tmpdir(), "command-"));
const path = (name: string) => join(home, name);
const SELF = path("wrapper");

beforeAll(() => {
  for (const name of ["a", "b", "a/directory"]) mkdirSync(path(name));
  for (const name of ["a/node", "b/node", "b/directory", "b/only", "otel", "adapter", "plain", "wrapper"]) {
    writeFileSync(path(name), "#!/bin/sh\n");
    chmodSync(path(name), name === "plain" || name === "a/node" ? 0o644 : 0o755);
  }
  symlinkSync("wrapper", path("linked"));
});

afterAll(() => rmSync(home, { recursive: true }));

const PATH = `${home}/none:${home}/a:${home}/b`;

const build = (runtime: string[], wrappers: string[], env: Env) =>
  unwrap(buildCommand(runtime, { ...env, SECRETS_NEXT_WRAPPER: wrappers.join(":") }, SELF));

it("starts the runtime as the bootstrap asked for it, arguments and all", () => {
  const runtime = [path("b/node"), "--max-old-space-size=1", "", "a b"];
  expect(build(runtime, [], {})).toEqual({ file: path("b/node"), argv: runtime });
});

it("leaves a path that is wrong to execve, which says what is wrong with it", () => {
  expect(build(["/no/such/node"], [], {})).toEqual({ file: "/no/such/node", argv: ["/no/such/node"] });
});

it("looks for a bare name in PATH, and passes over what is no executable file", () => {
  expect(build(["node", "x"], [], { PATH })).toEqual({ file: path("b/node"), argv: ["node", "x"] });
  expect(build(["directory"], [], { PATH })).toMatchObject({ file: path("b/directory") });
  expect(build(["only"], [], { PATH: `${PATH}:/usr/bin` })).toMatchObject({ file: path("b/only") });
});

it("looks in the default path where PATH is not set, and never in the current folder then", () => {
  const folder = process.cwd();
  process.chdir(path("b"));
  try {
    expect(build(["sh"], [], {})).toMatchObject({ file: "/bin/sh" });
    expect(build(["node-of-the-folder"], [], {})).toMatchObject([{ code: "ProgramNotFound" }]);
    expect(build(["node"], [], { PATH: "" })).toMatchObject({ file: "./node" });
  } finally {
    process.chdir(folder);
  }
});

it("runs further wrappers first, in order, each with the rest as its arguments", () => {
  const wrappers = [path("otel"), path("adapter")];
  expect(build(["node", "x"], wrappers, {})).toEqual({
    file: path("otel"),
    argv: [...wrappers, "node", "x"],
  });
});

it("leaves out empty parts of SECRETS_NEXT_WRAPPER", () => {
  expect(build(["node"], ["", path("otel"), ""], { PATH })).toMatchObject({ argv: [path("otel"), "node"] });
});

describe("there is a fault where", () => {
  const fault = (runtime: string[], wrappers: string[], env: Env) => build(runtime, wrappers, env) as Fault[];

  it.each([[{ PATH }], [{ PATH: "" }], [{}]])("a bare name is not in PATH: %j", (env) => {
    expectFaults(fault(["no-such"], [], env), [
      "no-such",
      "ProgramNotFound",
      /program is not in PATH/,
      /absolute path/,
    ]);
  });

  it("there is nothing to start", () => {
    expectFaults(fault([], [], { PATH }), [
      "wrapper",
      "ProgramNotFound",
      /no program to start/,
      /wrapper node index\.js/,
    ]);
  });

  it.each([
    ["none", /none: does not exist/],
    ["a", /a: does not exist/],
    ["plain", /plain: is not an executable/],
  ])("a further wrapper is %s", (name, cause) => {
    const found = fault(["node"], [path("otel"), path(name)], { PATH });
    expectFaults(found, ["SECRETS_NEXT_WRAPPER", "InvalidSetting", cause, /executable files.*layers/]);
  });

  it("several further wrappers are wrong, a fault for each", () => {
    const found = fault(["node"], [path("none"), path("otel"), path("plain")], { PATH });
    expect(found.map(({ cause }) => cause)).toEqual([
      `${path("none")}: does not exist`,
      `${path("plain")}: is not an executable`,
    ]);
  });

  it("the wrapper that Lambda starts would run itself without end", () => {
    const env = { PATH, AWS_LAMBDA_EXEC_WRAPPER: path("otel") };
    const found = fault(["node"], [path("adapter"), path("otel")], env);
    expectFaults(found, [
      "SECRETS_NEXT_WRAPPER",
      "InvalidSetting",
      /otel is this wrapper itself/,
      /run after this one/,
    ]);
  });

  it.each(["wrapper", "a/../wrapper", "linked"])("this wrapper would run itself, as %s", (name) => {
    const itself = `${home}/${name}`;
    expect(fault(["node"], [itself], { PATH })).toMatchObject([{ cause: `${itself} is this wrapper itself` }]);
  });
});
