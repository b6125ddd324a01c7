import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createProgram } from "../../cli/program.ts";
import { VERSION } from "../../core/host/version.ts";
import { bundledTool, runTool, type Tool } from "../support/cli.ts";

let tool: Tool;
beforeAll(async () => {
  tool = await bundledTool();
});
afterAll(() => tool.remove());

const run = (...args: string[]) => runTool(tool, args);

it("prints its version", async () => {
  expect(await run("--version")).toEqual({ status: 0, signal: null, stdout: `${VERSION}\n`, stderr: "" });
});

it("lists its commands in its help, which is also the answer to no command", async () => {
  const { status, stdout, stderr } = await run("--help");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^Usage: lambda-secrets-wrapper \[options\] \[command\]\n\nAWS Secrets Manager and .*\n/);
  const listed = [...(stdout.split("Commands:\n")[1] ?? "").matchAll(/^ {2}(\S+) .*? {2}(\S.*)$/gm)];
  const commands = createProgram().commands.map((command) => [command.name(), command.description()]);
  expect(listed.map(([, name, description]) => [name, description])).toEqual(commands);
  expect(commands.map(([name]) => name)).toEqual(expect.arrayContaining(["run", "check", "layer"]));
  expect(await run()).toMatchObject({ status: 2, stdout: "", stderr: stdout });
});

it.each([
  [["--versoin"], "error: unknown option '--versoin'\n(Did you mean --version?)"],
  [["chekc"], "error: unknown command 'chekc'\n(Did you mean check?)"],
  [["check", "--jsn"], "error: unknown option '--jsn'\n(Did you mean --json?)"],
  [["layer", "--lvie"], "error: unknown option '--lvie'\n(Did you mean --live?)"],
  [["layer", "x"], "error: too many arguments for 'layer'. Expected 0 arguments but got 1."],
  [
    ["layer", "--arch", "x86"],
    "error: option '--arch <architecture>' argument 'x86' is invalid. Allowed choices are x86_64, arm64.",
  ],
])("refuses %j, and says what may be meant", async (args, message) => {
  expect(await run(...args)).toMatchObject({
    status: 2,
    stdout: "",
    stderr: `${message}\n(--help shows the options.)\n`,
  });
});

describe("layer", () => {
  const zips = ["secrets-wrapper-x86_64", "secrets-wrapper-arm64", "secrets-wrapper-live-arm64"];
  const pathOf = (name?: string) => join(tool.folder, "dist", `${name}.zip`);
  beforeAll(() => {
    mkdirSync(join(tool.folder, "dist"), { recursive: true });
    for (const name of zips) writeFileSync(pathOf(name), "");
  });

  it.each([
    [[], zips[0]],
    [["--arch", "arm64"], zips[1]],
    [["--arch", "arm64", "--live"], zips[2]],
  ])("with %j prints the path of the zip of the package", async (args, name) => {
    const ended = await run("layer", ...args);
    expect(ended).toEqual({ status: 0, signal: null, stdout: `${pathOf(name)}\n`, stderr: "" });
  });

  it("says that a zip is not there", async () => {
    const { status, stdout, stderr } = await run("layer", "--live");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(`lambda-secrets-wrapper: ${pathOf("secrets-wrapper-live-x86_64")} is not there: `);
  });

  it("prints its help", async () => {
    const { status, stdout } = await run("layer", "--help");
    expect([status, stdout]).toEqual([0, HELP]);
  });
});

const HELP = `Usage: lambda-secrets-wrapper layer [options]

print the path of the layer's zip

Options:
  --arch <architecture>  the function's architecture (choices: "x86_64",
                         "arm64", default: "x86_64")
  --live                 the layer with the live cache (default: false)
  -h, --help             show this text
`;
