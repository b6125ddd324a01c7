import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundledTool, runTool, type Tool } from "../support/cli.ts";

const EXAMPLE = `
# The database
DB_PASSWORD=hunter2
export API_TOKEN="two
lines"
EMPTY=
AWS_REGION=eu-west-1
dotted.name=x
SECRETS=x
`;

describe("from-env", () => {
  let tool: Tool;
  let file: string;
  beforeAll(async () => {
    tool = await bundledTool();
    file = join(tool.folder, ".env.example");
    writeFileSync(file, EXAMPLE);
  });
  afterAll(() => tool.remove());

  it("proposes a JSON key of one secret for each name, and shows no value", async () => {
    const { stdout, stderr, status } = await runTool(tool, ["from-env", file]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      DB_PASSWORD: "prod/app:DB_PASSWORD",
      API_TOKEN: "prod/app:API_TOKEN",
      EMPTY: "prod/app:EMPTY",
    });
    expect(stdout + stderr).not.toMatch(/hunter2|lines/);
  });

  it("leaves out the names that SECRETS may not have, and says why", async () => {
    const { stderr } = await runTool(tool, ["from-env", file]);
    expect(stderr.split("\n")).toEqual([
      '"AWS_REGION" is left out: Lambda reserves this name.',
      '"dotted.name" is left out: it is not a valid variable name.',
      '"SECRETS" is left out: the wrapper reserves this name for its own settings.',
      "",
    ]);
  });

  it("proposes a secret for each name, with the prefix that is given", async () => {
    const { stdout } = await runTool(tool, ["from-env", file, "--separate", "--prefix", "test/shop-"]);
    expect(JSON.parse(stdout)).toMatchObject({ DB_PASSWORD: "test/shop-DB_PASSWORD" });
  });

  it.each([
    {
      what: "a prefix with a colon",
      args: ["--prefix", "prod:app/"],
      says: /"prod:app\/" cannot begin the name of a secret/,
    },
    { what: "an empty prefix for one secret", args: ["--prefix", ""], says: /"" cannot begin the name of a secret/ },
  ])("reports $what", async ({ args, says }) => {
    const { stdout, stderr, status } = await runTool(tool, ["from-env", file, ...args]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(says);
  });

  it("reports a file that is not there", async () => {
    const { stderr, status } = await runTool(tool, ["from-env", `${file}.local`]);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `lambda-secrets-wrapper: ${file}.local cannot be read (ENOENT). Check its path and permissions.\n`,
    });
  });
});
