import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CANARY, expectNoCanary } from "../support/canary.ts";
import { type Checkout, copyOfCheckout, pathOf } from "../support/checkout.ts";
import { bundledTool, runTool, type Tool } from "../support/cli.ts";
import { describeUnless } from "../support/needs.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";

let store: Store;
let tool: Tool;
beforeAll(async () => {
  [store, tool] = await Promise.all([startStore({ "prod/db": JSON.stringify({ user: CANARY }) }), bundledTool()]);
});
afterAll(() => {
  store.close();
  tool.remove();
});

const SECRETS = { USER_NAME: "prod/db:user" };
const TABLE = /^VARIABLE .* RESULT\nUSER_NAME +prod\/db:user .* found\n$/;

it("takes the entries of a file, and prints the table as JSON", async () => {
  writeFileSync(join(tool.folder, "secrets.yaml"), "USER_NAME: prod/db:user\nLEVEL: {secret: prod/none, default: é}\n");
  const args = ["check", "--secrets", "secrets.yaml", "--json"];
  const ended = await runTool(tool, args, { env: lambdaEnv(store.url, "[") });
  expect(ended).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(ended.stdout)).toEqual([
    {
      variable: "USER_NAME",
      source: "prod/db:user",
      version: expect.stringMatching(/^[0-9a-f-]{36}$/),
      created: "2026-09-21T14:13:20",
      type: "text",
      bytes: "32",
      result: "found",
    },
    { variable: "LEVEL", source: "prod/none", bytes: "2", result: "not found, default used" },
  ]);
  expectNoCanary(ended.stdout);
});

it("says what is wrong, and fails", async () => {
  const ended = await runTool(tool, ["check", "--json"], { env: lambdaEnv(store.url, { A: "prod/none" }) });
  expect([ended.status, JSON.parse(ended.stdout)]).toEqual([
    1,
    [{ variable: "A", source: "prod/none", result: "SecretNotFound" }],
  ]);
  expect(ended.stderr).toMatch(/ERROR A .*does not exist.*\n.*FATAL The function would not start: 1 fault/);
});

it("prints its help", async () => {
  const { status, stdout } = await runTool(tool, ["check", "--help"]);
  expect([status, stdout]).toEqual([0, HELP]);
});

const HELP = `Usage: lambda-secrets-wrapper check [options]

show what each entry finds, without its value

Options:
  --secrets <file>  a JSON or YAML file of entries, in place of SECRETS and
                    SECRETS_FILE
  --json            as JSON (default: false)
  -h, --help        show this text

The calls use your permissions and your network, not the function's: the credentials and
the Region of AWS's tools, which are AWS_PROFILE, single sign-on or variables.

Exit status: 0, or 1 if the function would not start.
`;

const noShell = process.platform === "win32" ? "these stand-ins for Rust are shell scripts" : undefined;
describeUnless(noShell, "npm run check in a checkout with a built layer", () => {
  let checkout: Checkout;
  let dist: string;
  beforeAll(() => {
    checkout = copyOfCheckout();
    dist = join(checkout.root, "dist");
    mkdirSync(join(dist, "layer"), { recursive: true });
    for (const name of ["secrets-wrapper-x86_64.zip", "layer/wrapper"]) writeFileSync(join(dist, name), "of a build");
  });
  afterAll(() => checkout.remove());

  it("prints the table and nothing else, builds no engine and leaves everything as it was", async () => {
    const before = contentsOf(dist);
    const log = join(checkout.home, "rust");
    const rust = `echo "$0 $*" >> '${log}'`;
    const path = pathOf(checkout.home, { cargo: rust, rustup: rust });
    const PATH = `${path}:${process.env.PATH}`;
    const env = { ...lambdaEnv(store.url, SECRETS), ...checkout.env, PATH, npm_config_update_notifier: "false" };
    const npm = ["--prefix", checkout.root, "run", "--silent", "check"];
    const ended = await run("npm", npm, env);
    expect(contentsOf(dist)).toEqual(before);
    expect([ended.status, ended.stderr, String(ended.stdout)]).toEqual([0, "", expect.stringMatching(TABLE)]);
    expect(readdirSync(checkout.tmp).filter((name) => !name.startsWith("tsx-"))).toEqual([]);
    expect(readdirSync(checkout.home)).not.toContain("rust");
    expect(readdirSync(checkout.home)).not.toContain("lambda-secrets-wrapper");
  });

  it("needs nothing but Node, and no built layer", async () => {
    rmSync(dist, { recursive: true });
    const env = { ...lambdaEnv(store.url, SECRETS), ...checkout.env, PATH: pathOf(checkout.home) };
    const check = ["--import", "tsx", join(checkout.root, "cli", "main.ts"), "check"];
    const ended = await run(process.execPath, check, env);
    expect([ended.status, ended.stderr, String(ended.stdout)]).toEqual([0, "", expect.stringMatching(TABLE)]);
    expect(readdirSync(checkout.root)).not.toContain("dist");
  });
});

/** Its folders and files, each with the time of its last change. */
function contentsOf(folder: string) {
  return ["", ...readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()].map((name) => {
    const path = join(folder, name);
    const stats = statSync(path);
    return [name, stats.mtimeMs, stats.isFile() && sha256(readFileSync(path))];
  });
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
