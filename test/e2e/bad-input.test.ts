import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CANARY, expectNoCanary } from "../support/canary.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { denied, type Store, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

const SECRETS = {
  "prod/db": JSON.stringify({ user: `${CANARY}-user`, password: `${CANARY}-password` }),
  "prod/path": JSON.stringify({ PATH: CANARY }),
  "prod/text": CANARY,
  "prod/nul": `${CANARY}\0x`,
  "prod/long": CANARY.padEnd(200_000, CANARY),
  "prod/denied": denied("prod/denied"),
};

let store: Store;
let folder: string;
beforeAll(async () => {
  store = await startStore(SECRETS);
  folder = mkdtempSync(join(tmpdir(), "bad-input-"));
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

/** Runs a wrapper that must fail, and gives its report. */
async function reportOf(wrapper: string, secrets: unknown, changes: Record<string, string | undefined> = {}) {
  const env = Object.entries({ ...lambdaEnv(store.url, secrets), ...changes });
  const mark = join(folder, "started");
  rmSync(mark, { force: true });
  const ended = await run(
    wrapper,
    ["touch", mark],
    Object.fromEntries(env.filter((entry): entry is [string, string] => entry[1] !== undefined)),
  );
  expect(existsSync(mark)).toBe(false);
  expect(ended).toMatchObject({ status: 1, stdout: Buffer.alloc(0) });
  expectNoCanary(ended.stderr);
  expect(ended.stderr.trimEnd().split("\n").at(-1)).toMatch(/FATAL The function was not started: \d+ faults?/);
  return ended.stderr;
}

describe.each(WRAPPERS)("on %s, the runtime does not start", (_, wrapper) => {
  it.each([
    ["SECRETS is not JSON", `{"A": "${CANARY}",`, /SECRETS: the variable is not valid JSON \(line 1, column \d+/],
    ["SECRETS is empty", "", /SECRETS: .*it is empty/],
    ["SECRETS is a string", '"prod/db"', /SECRETS: .*neither an object nor a list/],
    ["a reference is a number", { A: 1 }, /A: a reference must be a string or an object, not a number/],
    ["a reference is empty", { A: "" }, /A.*: the reference has no secret name/],
    [
      "an option is unknown",
      { A: { secret: "prod/db", kye: "user" } },
      /A .*: there is no option "kye". The options are/,
    ],
    ["a name is empty", { "": "prod/db" }, /"": it is not a valid variable name/],
    ["a name is not a valid variable name", { "a-b": "prod/db" }, /"?a-b"?: it is not a valid variable name/],
    ["a name is Lambda's own", { AWS_REGION: "prod/text" }, /AWS_REGION: Lambda reserves this name/],
    ["two entries have one name", '{"A": "prod/db", "A": "prod/text"}', /A: the entry is defined twice/],
    [
      "a file is outside /tmp",
      { A: { secret: "prod/db", file: "/etc/a" } },
      /A .*: the option "file" must be a relative path/,
    ],
    ["a parameter has no name", { A: "ssm:" }, /A .*: the reference has no parameter name/],
  ])("where %s, and no call is made", async (_, secrets, message) => {
    store.asked.length = 0;
    expect(await reportOf(wrapper, secrets)).toMatch(message);
    expect(store.asked).toEqual([]);
  });

  it.each([
    [
      "two items of a list give one name",
      ["prod/db", "prod/db"],
      /variable "user", from "prod\/db"\): one variable is produced by both this entry and "SECRETS\[0\]"/,
    ],
    ["a key is asked of a text", { A: "prod/text:user" }, /A \(from "prod\/text"\): the secret is not JSON/],
    ["a key is not there", { A: "prod/db:pasword" }, /no JSON key "pasword". It has "user", "password"/],
    ["a value contains NUL", { A: "prod/nul" }, /A \(from "prod\/nul"\): the value contains a NUL/],
    ["a value is 200 KB", { A: "prod/long" }, /A \(from "prod\/long"\): NAME=value is 200002 bytes/],
    ["a secret does not exist", { A: "prod/none" }, /A \(from "prod\/none"\): the secret does not exist. .*eu-west-1/],
    ["access is denied", { A: "prod/denied" }, /A \(from "prod\/denied"\): access .*secretsmanager:GetSecretValue/],
    ["access to an optional secret is denied", { A: { secret: "prod/denied", optional: true } }, /access .*denied/],
  ])("where %s", async (_, secrets, message) => {
    expect(await reportOf(wrapper, secrets)).toMatch(message);
  });

  it("where anything is missing, and all that is missing is named", async () => {
    const report = await reportOf(wrapper, { A: "prod/none", B: "prod/denied", C: "prod/db:none", D: "prod/text" });
    for (const subject of ["A", "B", "C"]) expect(report).toMatch(new RegExp(`ERROR ${subject} `));
    expect(report).not.toMatch(/ERROR D/);
    expect(report).toContain("3 faults");
  });

  it.each([
    ["there are no credentials", { AWS_ACCESS_KEY_ID: undefined }, /AWS_ACCESS_KEY_ID: there are no AWS credentials/],
    ["there is no Region", { AWS_REGION: undefined }, /A \(from "prod\/text"\): the Region is not known/],
    ["SECRETS is not set", { SECRETS: undefined }, /SECRETS: neither SECRETS nor SECRETS_FILE/],
    ["the time limit is not a number", { SECRETS_TIMEOUT: "5s" }, /SECRETS_TIMEOUT: "5s" is not a number of seconds/],
    [
      "SnapStart would freeze it",
      { AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start" },
      /SECRETS_SNAPSTART: under SnapStart/,
    ],
    [
      "the next wrapper's name breaks the line",
      { SECRETS_NEXT_WRAPPER: "/opt/a\nb" },
      /SECRETS_NEXT_WRAPPER: \/opt\/a\\u000ab: does not exist/,
    ],
    [
      "the next wrapper is missing",
      { SECRETS_NEXT_WRAPPER: "/opt/none" },
      /SECRETS_NEXT_WRAPPER: \/opt\/none: does not exist/,
    ],
  ])("where %s", async (_, changes, message) => {
    expect(await reportOf(wrapper, { A: "prod/text" }, changes)).toMatch(message);
  });

  it("where several settings are wrong, and all of them are named at once", async () => {
    const report = await reportOf(
      wrapper,
      { A: 1, "b-c": "x" },
      { AWS_ACCESS_KEY_ID: undefined, SECRETS_TIMEOUT: "0" },
    );
    expect(report.match(/^\[secrets-wrapper\] ERROR /gm)).toHaveLength(4);
  });

  it("where the program is not there", async () => {
    const ended = await run(wrapper, ["no-such-program"], lambdaEnv(store.url, { A: "prod/text" }));
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(/no-such-program: the program is not in PATH/);
  });

  it("where all values together are more than the kernel takes", async () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`V${index}`, "big"]));
    const big = await startStore({ big: "x".repeat(130_000) });
    const ended = await run(wrapper, ["true"], lambdaEnv(big.url, many));
    big.close();
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(/all variables together exceed the kernel's limit/);
  });

  it("with one JSON object a line where Lambda logs in JSON", async () => {
    const report = await reportOfJson(wrapper);
    expect(report.map(({ level }) => level)).toEqual(["ERROR", "FATAL"]);
    expect(report[0]).toMatchObject({ code: "SecretNotFound", subject: "A", secret: "prod/none" });
  });

  async function reportOfJson(path: string): Promise<Record<string, string>[]> {
    const env = { ...lambdaEnv(store.url, { A: "prod/none" }), AWS_LAMBDA_LOG_FORMAT: "JSON" };
    const { stderr } = await run(path, ["true"], env);
    return stderr
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  }
});
