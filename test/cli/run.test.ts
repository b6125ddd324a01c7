import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CANARY, expectNoCanary, watchProcesses } from "../support/canary.ts";
import { CASES, combine } from "../support/cases.ts";
import { bundledTool, runTool, type Tool } from "../support/cli.ts";
import { describeUnless } from "../support/needs.ts";
import { lambdaEnv } from "../support/run.ts";
import { type Store, type Stored, startStore } from "../support/store.ts";

const isWindows = process.platform === "win32";
const NODE = process.execPath;
const PRINT_ENV = "process.stdout.write(JSON.stringify(process.env))";

const secrets: Record<string, Stored> = { "prod/db": JSON.stringify({ user: "app", password: CANARY }) };
let store: Store;
let tool: Tool;
beforeAll(async () => {
  [store, tool] = await Promise.all([startStore(secrets), bundledTool()]);
});
afterAll(() => {
  store.close();
  tool.remove();
});

/** What a function has, on a machine where the temporary folder is the tool's own. */
const envFor = (entries: unknown): Record<string, string> => ({
  ...lambdaEnv(store.url, entries),
  // A machine that is busy is no fault.
  SECRETS_TIMEOUT: "60",
  SECRETS_LOG_LEVEL: "ERROR",
  TMPDIR: tool.folder,
  TEMP: tool.folder,
});
const PASSWORD = { PASSWORD: "prod/db:password" };
const run = (entries: unknown, args: string[], more: object = {}) =>
  runTool(tool, ["run", ...args], { env: envFor(entries), ...more });

/** Windows has variables of at most 32,767 characters. */
const FITS = CASES.filter(({ secretString = "" }) => !isWindows || secretString.length < 32_767);

it("gives the command exactly the values of all cases", async () => {
  const { stored, references, expected, absent } = combine(FITS.filter(({ fails, warns }) => !fails && !warns));
  Object.assign(secrets, stored);
  const ended = await run(references, ["--", NODE, "-e", PRINT_ENV]);
  expect(ended).toMatchObject({ status: 0, stderr: "" });
  const env = JSON.parse(ended.stdout);
  expect(Object.keys(expected).length).toBeGreaterThan(60);
  expect(env).toMatchObject(expected);
  for (const name of absent) expect(env).not.toHaveProperty(name);
});

it("refuses the cases that a function refuses, all in one report", async () => {
  const failing = CASES.filter(({ fails, secrets }) => fails && fails !== "AWS_REGION" && !Array.isArray(secrets));
  const { stored, references } = combine(failing);
  Object.assign(secrets, stored);
  const ended = await run(references, ["--", NODE, "-e", PRINT_ENV]);
  expect([ended.status, ended.stdout]).toEqual([125, ""]);
  expect(ended.stderr).toMatch(/ FATAL The command was not started: \d+ faults, listed above\.\n$/);
  for (const { fails = "" } of failing) expect(ended.stderr).toContain(fails);
});

it("changes nothing else in the environment, and says nothing", async () => {
  const env = { ...envFor(PASSWORD), LAMBDA_TASK_ROOT: "/none", EMPTY: "", LINES: "a\nb\n", QUOTES: `'"\\$(id)%PATH%` };
  const direct = await runTool({ ...tool, cli: "-e" }, [PRINT_ENV], { env });
  const ended = await runTool(tool, ["run", "--", NODE, "-e", PRINT_ENV], { env });
  expect(ended).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(ended.stdout)).toEqual({ ...JSON.parse(direct.stdout), PASSWORD: CANARY });
});

it("gives the command's arguments as they came, after -- or without it", async () => {
  const args = [
    "",
    " ",
    "two words",
    "*",
    "$HOME",
    "%PATH%",
    "^",
    "a\nb",
    "--",
    "-c",
    '"',
    "\\",
    "é",
    "--secrets",
    "--help",
  ];
  const print = "console.log(JSON.stringify(process.argv.slice(1)))";
  for (const before of [["--"], []]) {
    const { stdout, status } = await run({}, [...before, NODE, "-e", print, "--", ...args]);
    expect([status, JSON.parse(stdout)]).toEqual([0, args]);
  }
});

it("passes on input and output, and ends with the command's status", async () => {
  const script = "process.stdin.on('data', (data) => process.stderr.write(data)).on('end', () => process.exit(42))";
  const ended = await run(PASSWORD, ["--", NODE, "-e", script], { input: "as it\nis" });
  expect(ended).toEqual({ status: 42, signal: null, stdout: "", stderr: "as it\nis" });
});

it.each([
  ["secrets.json", '{"USER_NAME": "prod/db:user"}'],
  ["secrets.yaml", "USER_NAME: prod/db:user"],
])("takes the entries of --secrets %s in place of SECRETS, for itself alone", async (file, content) => {
  writeFileSync(join(tool.folder, file), content);
  const ended = await run(PASSWORD, ["--secrets", file, "--", NODE, "-e", PRINT_ENV]);
  const { PASSWORD: absent, SECRETS, SECRETS_FILE, USER_NAME } = JSON.parse(ended.stdout);
  expect([absent, SECRETS, SECRETS_FILE, USER_NAME]).toEqual([undefined, JSON.stringify(PASSWORD), undefined, "app"]);
});

it("writes files under the system's temporary folder, also those of /tmp", async () => {
  secrets["prod/bytes"] = Uint8Array.of(0, 255);
  const entries = {
    BYTES: { secret: "prod/bytes", file: "tls/bytes" },
    KEY: { secret: "prod/db:password", file: "/tmp/keys/key", mode: "0400" },
  };
  const { stdout, stderr } = await run(entries, ["--", NODE, "-e", PRINT_ENV]);
  expect(stderr).toBe("");
  const { BYTES, KEY } = JSON.parse(stdout);
  const contents = [BYTES, KEY].map((path) => readFileSync(path));
  expect(contents).toEqual([Buffer.of(0, 255), Buffer.from(CANARY)]);
  expect([BYTES, KEY].map((path) => join(path))).toEqual([
    join(tool.folder, "secrets-wrapper", "tls", "bytes"),
    join(tool.folder, "keys", "key"),
  ]);
  if (!isWindows) expect([BYTES, KEY].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o400]);
});

describe("starts nothing", () => {
  it("where a secret is missing: it says what to do, and no value", async () => {
    const ended = await run({ ...PASSWORD, B: "prod/db:none", C: "prod/none" }, ["--", NODE, "-e", "console.log(1)"]);
    expect([ended.status, ended.stdout]).toEqual([125, ""]);
    expect(ended.stderr).toMatch(
      /ERROR B .*\[KeyNotFound\]\n.*ERROR C .*\[SecretNotFound.*\]\n.*FATAL The command was/,
    );
    expectNoCanary(ended.stderr);
  });

  it("where the command does not exist, before any call", async () => {
    const before = store.asked.length;
    for (const program of ["no-such-program", join(".", "no-such-program"), tool.folder + join("/", "none")]) {
      const ended = await run(PASSWORD, ["--", program]);
      expect([ended.status, ended.stdout]).toEqual([127, ""]);
      expect(ended.stderr).toMatch(/: the program does not exist\. .*\[ProgramNotFound\]\n/);
    }
    expect(store.asked).toHaveLength(before);
  });

  it("where the command is no executable file", async () => {
    const file = join(tool.folder, "data.txt");
    writeFileSync(file, "");
    for (const path of [file, tool.folder]) {
      const ended = await run(PASSWORD, ["--", path]);
      expect([ended.status, ended.stdout]).toEqual([126, ""]);
      expect(ended.stderr).toMatch(/: it is not an executable file\. .*\[ExecFailed\]\n/);
    }
  });

  it.each([
    [[], "error: missing required argument 'command'"],
    [["--"], "error: missing required argument 'command'"],
    [["--secret", "x", "--", "node"], "error: unknown option '--secret'\n(Did you mean --secrets?)"],
    [["--json", "node"], "error: unknown option '--json'"],
    [["--secrets"], "error: option '--secrets <file>' argument missing"],
  ])("for %j", async (args, message) => {
    const ended = await run(PASSWORD, args);
    expect(ended).toMatchObject({ status: 2, stdout: "", stderr: `${message}\n(--help shows the options.)\n` });
  });

  it("where the file of --secrets cannot be read", async () => {
    const ended = await run(PASSWORD, ["--secrets", "none.yaml", "--", NODE]);
    expect(ended).toMatchObject({ status: 125, stdout: "" });
    expect(ended.stderr).toMatch(/ERROR SECRETS_FILE: the file "none.yaml" does not exist\. .* current folder\. \[/);
  });
});

describeUnless(isWindows ? "Windows has neither shebangs nor /proc" : undefined, "on POSIX", () => {
  it("says why the system cannot execute the command, and leaves no file", async () => {
    const script = join(tool.folder, "script");
    writeFileSync(script, "#!/no/such/interpreter\n");
    chmodSync(script, 0o755);
    const ended = await run({ FILE: { secret: "prod/db", file: "left" } }, ["--", script]);
    expect(ended).toMatchObject({ status: 126, stdout: "" });
    expect(ended.stderr).toMatch(/: it cannot be executed \(ENOENT\)\. .*\[ExecFailed\]\n/);
    expect(() => statSync(join(tool.folder, "secrets-wrapper", "left"))).toThrow("ENOENT");
  });
});

const noProc = process.platform === "linux" ? undefined : "only Linux has /proc";
describeUnless(noProc, "on Linux", () => {
  it("shows no value in a command line", async () => {
    const leaks = watchProcesses();
    await run(PASSWORD, ["--", NODE, "-e", "setTimeout(() => {}, 100)"]);
    expect(leaks()).toEqual([]);
  });
});

it("prints its help", async () => {
  const { status, stdout } = await runTool(tool, ["run", "--help"]);
  expect([status, stdout]).toEqual([0, HELP]);
});

const HELP = `Usage: lambda-secrets-wrapper run [options] -- COMMAND...

run a command with the secrets in its environment

Arguments:
  command           the command with its arguments

Options:
  --secrets <file>  a JSON or YAML file of entries, in place of SECRETS and
                    SECRETS_FILE
  -h, --help        show this text

The entries are those of SECRETS or SECRETS_FILE, as in the function. The calls use the
credentials and the Region of AWS's tools: AWS_PROFILE, single sign-on, variables. Files
of entries are written under the system's temporary folder.

Exit status: the command's, or
  125  it was not started: the log says why
  126  it is not executable
  127  it was not found
`;
