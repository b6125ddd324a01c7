import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FUNCTIONS } from "../../acceptance/paths.ts";
import { functionEnv } from "../support/function-env.ts";
import { BOOTSTRAP, startFunction } from "../support/lambda-host.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { missingForRoot, onMachine } from "../support/root.ts";
import { lambdaEnv } from "../support/run.ts";
import { ALL_RUNTIMES } from "../support/runtimes.ts";
import { type Store, startStore } from "../support/store.ts";
import { javaFunction } from "../support/tools.ts";

const VALUE = "tokën $(id) '\"\\\nlast";
const SECRETS = { TEXT: "text", MISSING: { secret: "missing", optional: true } };
const BUILD_MS = 300_000;

let store: Store;
let folder: string;
beforeAll(async () => {
  store = await startStore({ text: VALUE });
  folder = mkdtempSync(join(tmpdir(), "acceptance-java-"));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

// Ruby and .NET are not on the machines that run the tests.
describe.each<[string, string, string, () => string]>([
  ["Node.js", "index.handler", "/opt/wrapper", () => FUNCTIONS("nodejs")],
  ["Python", "app.handler", "/opt/wrapper", () => FUNCTIONS("python")],
  ["Java", "Handler::handleRequest", "/opt/wrapper", javaTask],
  ["sh", "/var/task/bootstrap", "", () => FUNCTIONS("provided")],
])("the function for %s", (name, handler, wrapper, makeTask) => {
  const runtime = ALL_RUNTIMES.find((one) => one.name === name);

  describeUnless(missingForRoot() ?? missingProgram(runtime?.programs ?? []), "with the layer", () => {
    it(
      "gives the hash of a value, and none of what is not set",
      async () => {
        const task = makeTask();
        const { command = [], env } = runtime?.prepare() ?? {};
        const lambda = await startFunction({
          // That of provided.* starts the wrapper itself.
          command: wrapper === "" ? [handler] : [...command.slice(0, -1), handler],
          bootstrap: [...onMachine(task), BOOTSTRAP],
          taskRoot: task,
          env: {
            ...functionEnv("/var/task"),
            ...lambdaEnv(store.url, SECRETS),
            ...env,
            AWS_LAMBDA_EXEC_WRAPPER: wrapper,
            NAMES: "TEXT MISSING",
            _HANDLER: handler,
          },
          timeoutMs: 20_000,
        });
        const { payload, failed } = await lambda.invoke();
        await lambda.stop();
        if (failed) throw new Error(lambda.log() || payload);
        // Java's client leaves out what is null.
        expect({ MISSING: null, ...JSON.parse(payload) }).toEqual({
          TEXT: createHash("sha256").update(VALUE).digest("hex"),
          MISSING: null,
        });
      },
      BUILD_MS,
    );
  });
});

function javaTask(): string {
  cpSync(join(javaFunction(), "lib"), join(folder, "lib"), { recursive: true });
  execFileSync("javac", ["-d", folder, join(FUNCTIONS("java"), "Handler.java")]);
  return folder;
}
