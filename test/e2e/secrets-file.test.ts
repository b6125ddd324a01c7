import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MAX_FILE_BYTES } from "../../core/config/file-text.ts";
import { CANARY, expectNoCanary } from "../support/canary.ts";
import { blockOf, SECRETS_PAGE } from "../support/documents.ts";
import { PRINT_ENVIRON, parseEnviron } from "../support/environ.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { denied, type Store, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

const MANY = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`V${index}`, `value ${index}`]));
const REFERENCES = Object.keys(MANY).map((name): [string, string] => [name, `prod/many:${name}`]);

const SECRETS = {
  "prod/db": JSON.stringify({ user: "ann", password: "pw\n" }),
  "prod/app": JSON.stringify({ APP_KEY: "k" }),
  "prod/token": "t",
  "prod/own": "mine",
  "prod/many": JSON.stringify(MANY),
  "prod/denied": denied("prod/denied"),
  "prod/nul": "\0",
};

const LIMIT_OF_LAMBDA = 4096;

let store: Store;
let folder: string;
beforeAll(async () => {
  store = await startStore(SECRETS);
  folder = mkdtempSync(join(tmpdir(), "secrets-file-"));
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

describe.each(WRAPPERS)("on %s, the file of SECRETS_FILE", (_, wrapper) => {
  function start(file: string, content: string, secrets?: unknown, changes: Record<string, string> = {}) {
    writeFileSync(join(folder, file), content);
    return startWith({ SECRETS_FILE: file, ...changes }, secrets);
  }

  function startWith(changes: Record<string, string>, secrets?: unknown) {
    const { SECRETS, ...env } = lambdaEnv(store.url, secrets ?? {});
    const given = secrets === undefined ? {} : { SECRETS: String(SECRETS) };
    return run(wrapper, PRINT_ENVIRON, { ...env, ...given, LAMBDA_TASK_ROOT: folder, ...changes });
  }

  async function variablesOf(started: ReturnType<typeof run>): Promise<Record<string, string>> {
    const { status, stdout, stderr } = await started;
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const added = [...parseEnviron(stdout)].filter(
      ([name]) => !/^(AWS_|SECRETS|LAMBDA_|PATH$|PWD$|SHLVL$|_$)/.test(name),
    );
    return Object.fromEntries(added.map(([name, value]) => [name, String(value)]));
  }

  async function reportOf(started: ReturnType<typeof run>): Promise<string> {
    store.asked.length = 0;
    const { status, stdout, stderr } = await started;
    expect({ status, stdout: String(stdout) }).toEqual({ status: 1, stdout: "" });
    return stderr;
  }

  it.each([
    ["a.json", '{"USER_NAME": "prod/db:user", "TOKEN": {"secret": "prod/token"}}'],
    ["a.yaml", "USER_NAME: prod/db:user\nTOKEN:\n  secret: prod/token\n"],
    ["a.yml", "\ufeff# entries\r\nUSER_NAME: 'prod/db:user'\r\nTOKEN: {secret: prod/token}\r\n"],
  ])("may be %s", async (file, content) => {
    expect(await variablesOf(start(file, content))).toEqual({ USER_NAME: "ann", TOKEN: "t" });
  });

  it.each([
    ["many.json", JSON.stringify(Object.fromEntries(REFERENCES))],
    ["many.yaml", REFERENCES.map(([name, reference]) => `${name}: ${reference}\n`).join("")],
  ])("may be %s, larger than all variables of a function", async (file, content) => {
    expect(content.length).toBeGreaterThan(2 * LIMIT_OF_LAMBDA);
    expect(await variablesOf(start(file, content))).toEqual(MANY);
  });

  it("may have as many bytes as are allowed, all of them short entries", async () => {
    const entry = (index: number) => `"V${String(index).padStart(5, "0")}":"prod/app:APP_KEY"`;
    const count = Math.floor(MAX_FILE_BYTES / `${entry(0)},`.length) - 1;
    const file = `{${Array.from({ length: count }, (_, index) => entry(index))}}`;
    const variables = await variablesOf(start("largest.json", file));
    expect([Object.keys(variables).length, new Set(Object.values(variables))]).toEqual([count, new Set(["k"])]);
  });

  it("adds to SECRETS, in any form, and a name in either wins over a wildcard in the other", async () => {
    const all = { user: "mine", password: "pw\n", TOKEN: "t" };
    expect(await variablesOf(start("a.yaml", "'*': prod/db\n", { user: "prod/own", TOKEN: "prod/token" }))).toEqual(
      all,
    );
    expect(await variablesOf(start("a.yaml", "TOKEN: prod/token\nuser: prod/own\n", ["prod/db"]))).toEqual(all);
  });

  it("is the example of docs/secrets.md", async () => {
    expect(await variablesOf(start("secrets.yaml", blockOf(SECRETS_PAGE, "## A JSON or YAML file", "yaml")))).toEqual({
      DB_PASSWORD: "pw\n",
      APP_KEY: "k",
    });
  });

  it("may have any path", async () => {
    writeFileSync(join(folder, "abs.json"), '{"TOKEN": "prod/token"}');
    const SECRETS_FILE = join(folder, "abs.json");
    expect(await variablesOf(startWith({ SECRETS_FILE, LAMBDA_TASK_ROOT: "/none" }))).toEqual({ TOKEN: "t" });
  });

  it("is not looked at where the setting is empty", async () => {
    expect(await variablesOf(startWith({ SECRETS_FILE: "" }, { TOKEN: "prod/token" }))).toEqual({ TOKEN: "t" });
  });

  it.each([
    ["a.json", `{"A": "${CANARY}"\n "B"}`, /SECRETS_FILE in a\.json:2:2: .*as JSON \(comma expected\)/],
    ["a.yaml", `A: ${CANARY}\n*: ${CANARY}\n`, /SECRETS_FILE in a\.yaml:2:1: .*begins with \* needs quotes/],
    ["a.yaml", `A: &x ${CANARY}\nB: *x\n`, /SECRETS_FILE in a\.yaml:2:4: .*alias is not supported/],
    ["a.yaml", `A: "${CANARY}\n`, /SECRETS_FILE in a\.yaml:2:1: .*as YAML/],
    ["a.yaml", CANARY, /SECRETS_FILE in a\.yaml:1:1: .*neither a map nor a list/],
    ["a.yaml", "- ".repeat(100_000), /SECRETS_FILE in a\.yaml: .*nested more than 200 levels deep/],
    ["a.yaml", `${"[".repeat(201)}${"]".repeat(201)}`, /SECRETS_FILE in a\.yaml: .*nested more than 200 levels deep/],
    ["a.yaml", "A: prod/db\nB: 5\n", /B in a\.yaml:2:1: a reference must be .*not a number/],
    ["a.yaml", "A: prod/db\nA: prod/db\n", /A in a\.yaml:2:1: the entry is defined twice/],
    ["a.yaml", "- prod/db\n- prod/db:key\n", /SECRETS_FILE\[1\] in a\.yaml:2:3 \(from "prod\/db:key"\): /],
    ["a.txt", "{}", /SECRETS_FILE: "a\.txt" does not end in/],
    ["a.json", " ".repeat(1_000_001), /SECRETS_FILE: the file ".*\/a\.json" is larger than 1000000 bytes/],
  ])("%s with %j keeps the runtime from starting, without a call", async (file, content, message) => {
    const report = await reportOf(start(file, content));
    expect(report).toMatch(message);
    expectNoCanary(report);
    expect(store.asked).toEqual([]);
  });

  it("has to be there", async () => {
    const report = await reportOf(startWith({ SECRETS_FILE: "none.yaml" }, { "a-b": "x" }));
    expect(report).toMatch(/SECRETS_FILE: the file ".*\/none\.yaml" does not exist/);
    expect(report).toContain("2 faults");
  });

  it("may not have a name of SECRETS", async () => {
    const report = await reportOf(start("a.yaml", "B: prod/db\nA: prod/db\n", { A: "prod/db" }));
    expect(report).toMatch(/A in a\.yaml:2:1: the entry is in both SECRETS and SECRETS_FILE/);
  });

  it("is named with every fault of what it asks for", async () => {
    const content = "A: prod/none\nB: prod/denied\nC: prod/nul\n'*': prod/token\n";
    const report = await reportOf(start("a.yaml", content, { D: "prod/none" }));
    expect(report).toMatch(
      /ERROR D \(from "prod\/none"\), A in a\.yaml:1:1 \(from "prod\/none"\): the secret does not/,
    );
    expect(report).toMatch(/ERROR B in a\.yaml:2:1 \(from "prod\/denied"\): access/);
    expect(report).toMatch(/ERROR C in a\.yaml:3:1 \(from "prod\/nul"\): the value contains a NUL/);
    expect(report).toMatch(/ERROR \* in a\.yaml:4:1 \(from "prod\/token"\): the secret is not JSON/);
    expect(await reportOf(start("a.yaml", "A: x\n", undefined, { AWS_REGION: "" }))).toMatch(
      /A in a\.yaml:1:1 \(from "x"\): the Region/,
    );
  });
});
