import { CANARY, expectNoCanary } from "../support/canary.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { CREATED_SECONDS, denied, type Store, serve, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

let store: Store;
beforeAll(async () => {
  store = await startStore({
    "prod/db": JSON.stringify({ user: CANARY, port: 5432 }),
    "prod/bytes": Uint8Array.of(0, 255),
    "prod/denied": denied("prod/denied"),
  });
});
afterAll(() => store.close());

/** The cells of a row, between two spaces or more. */
const rowsOf = (stdout: Buffer) =>
  String(stdout)
    .trimEnd()
    .split("\n")
    .map((line) => line.split(/ {2,}/));

describe.each(WRAPPERS)("on %s", (_, wrapper) => {
  it("shows each variable's source, version and size, and never a value", async () => {
    const references = {
      USER_NAME: "prod/db:user",
      "DB_*": "prod/db",
      BYTES: { secret: "prod/bytes", file: "check/bytes" },
      LEVEL: { secret: "prod/none", default: "info" },
      LICENSE: { secret: "prod/none", optional: true },
    };
    const ended = await run(wrapper, ["--check"], lambdaEnv(store.url, references));
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    expectNoCanary(String(ended.stdout));
    const version = expect.stringMatching(/^[0-9a-f-]{36}$/);
    const created = new Date(CREATED_SECONDS * 1000).toISOString().slice(0, 19);
    expect(rowsOf(ended.stdout)).toEqual([
      ["VARIABLE", "SOURCE", "VERSION", "CREATED", "TYPE", "BYTES", "RESULT"],
      ["USER_NAME", "prod/db:user", version, created, "text", String(CANARY.length), "found"],
      ["DB_user", "prod/db", version, created, "text", String(CANARY.length), "found"],
      ["DB_port", "prod/db", version, created, "text", "4", "found"],
      ["BYTES", "prod/bytes", version, created, "binary", "2", "found"],
      ["LEVEL", "prod/none", "4", "not found, default used"],
      ["LICENSE", "prod/none", "not found, optional"],
    ]);
  });

  it("says what is wrong and that a function would not start, and fails", async () => {
    const references = { A: "prod/none", B: "prod/denied", C: "prod/db:none", D: "prod/db:port" };
    const ended = await run(wrapper, ["--check"], lambdaEnv(store.url, references));
    expect(ended.status).toBe(1);
    expect(rowsOf(ended.stdout).map((row) => [row[0], row.at(-1)])).toEqual([
      ["VARIABLE", "RESULT"],
      ["A", "SecretNotFound"],
      ["B", "AccessDenied"],
      ["C", "KeyNotFound"],
      ["D", "found"],
    ]);
    expect(ended.stderr).toMatch(/ERROR A .*does not exist.*\n.*ERROR B .*denied.*\n.*ERROR C .*no JSON key "none"/);
    expect(ended.stderr).toMatch(/ FATAL The function would not start: 3 faults, listed above\.\n$/);
  });

  it("tells Lambda of no failed start where a function runs it", async () => {
    let asked = 0;
    const lambda = await serve((_, response) => {
      asked++;
      response.end();
    });
    const env = { ...lambdaEnv(store.url, { A: "prod/none" }), AWS_LAMBDA_RUNTIME_API: new URL(lambda.url).host };
    expect(await run(wrapper, ["--check"], env)).toMatchObject({ status: 1 });
    expect(asked).toBe(0);
    await run(wrapper, ["true"], env);
    expect(asked).toBe(1);
    lambda.close();
  });

  it("is refused where it is not alone", async () => {
    const ended = await run(wrapper, ["--check", "x"], lambdaEnv(store.url, {}));
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(/--check: .*not alone.*\[UnknownOption\]/);
  });
});
