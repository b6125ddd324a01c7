import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { functionEnv } from "../support/function-env.ts";
import { HOSTS } from "../support/hosts.ts";
import type { LambdaFunction } from "../support/lambda-host.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { record } from "../support/results.ts";
import { missingForRoot, onEmptyRoot, onMachine } from "../support/root.ts";
import { lambdaEnv } from "../support/run.ts";
import { invokeStarted } from "../support/runtimes.ts";
import { type Store, startStore } from "../support/store.ts";
import { goFunction, pythonTools, RUNTIMES, rustFunction } from "../support/tools.ts";

// What docs/containers.md tells to write, as it stands there.

const RECIPES = readFileSync(join(ROOT, "docs", "containers.md"), "utf8");
const BUILD_MS = 600_000;
const missing = missingForRoot();

let store: Store;
let lambda: LambdaFunction;
beforeAll(async () => {
  store = await startStore({ "prod/token": "tokën\n" });
});
afterEach(() => lambda.stop());
afterAll(() => store.close());

describe.each(HOSTS)("in %s", (host, startHost) => {
  async function start(root: string[], command: string[], more: Record<string, string> = {}) {
    const configured = { ...functionEnv("/var/task"), ...lambdaEnv(store.url, { TOKEN: "prod/token" }), ...more };
    lambda = await startHost({ bootstrap: root, command, taskRoot: "/", env: configured, timeoutMs: 20_000 });
  }

  async function expectStarted(runtime: string, command: string[]) {
    const started = await invokeStarted(lambda);
    expect(started.environment).toMatchObject({ TOKEN: "tokën\n" });
    expect(started.command).toEqual(command);
    record("entry-points", { runtime, host, command: command.join(" ") });
  }

  describe.each([
    ["Go", "go", goFunction],
    ["Rust", "cargo", rustFunction],
  ])("on provided.*", (language, program, build) => {
    describeUnless(missing ?? missingProgram([program]), `a bootstrap of two lines and ${language}`, () => {
      let task: string;
      beforeAll(() => {
        task = mkdtempSync(join(tmpdir(), "provided-"));
        cpSync(join(build(), "app"), join(task, "app"));
        writeFileSync(join(task, "bootstrap"), block("sh"));
        chmodSync(join(task, "bootstrap"), 0o755);
      }, BUILD_MS);
      afterAll(() => rmSync(task, { recursive: true }));

      it("finds its secret", async () => {
        await start(onMachine(task), ["/var/task/bootstrap"]);
        await expectStarted(`${language}, provided.*`, ["/var/task/app"]);
      });
    });
  });

  describeUnless(missing ?? missingProgram(["python3"]), "an image with AWS's runtime client", () => {
    it("finds its secret", async () => {
      const path = [pythonTools(), process.env.PATH].join(delimiter);
      await start(onMachine(join(RUNTIMES, "python")), entryPoint("python3"), { PATH: path });
      await expectStarted("Python, an image", ["python3", "-m", "awslambdaric", "app.handler"]);
    });
  });

  describeUnless(missing ?? missingProgram(["go"]), "an image", () => {
    it("with a program of one's own finds its secret, and every variable of the image", async () => {
      const ofImage = { "spring.datasource.url": "jdbc:x", "a-b": "c" };
      // Not in the host's own environment: the shell that enters the root may remove them.
      const image = ["env", ...Object.entries(ofImage).map((variable) => variable.join("="))];
      await start(onMachine(goFunction()), [...image, ...entryPoint("/var/task/app")]);
      await expectStarted("Go, an image", ["/var/task/app"]);
      expect((await invokeStarted(lambda)).environment).toMatchObject(ofImage);
    });

    it("without a shell, or anything else, finds its secret", async () => {
      await start(onEmptyRoot(goFunction()), entryPoint("/var/task/app"));
      await expectStarted("Go, an image without a shell", ["/var/task/app"]);
    });

    it("without a shell does not start without its secret, and says why", async () => {
      await start(onEmptyRoot(goFunction()), entryPoint("/var/task/app"), { SECRETS: '{"A": "prod/none"}' });
      const { errorMessage } = JSON.parse((await lambda.invoke()).payload);
      expect(errorMessage).toBe("The function was not started. A: the secret does not exist.");
      expect(lambda.log()).toMatch(/A \(from "prod\/none"\): the secret does not exist/);
    });
  });
});

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(RECIPES)?.[1] ?? "";
}

/** The recipe's one entry point with all these words in it, and the arguments that CMD gives to it. */
function entryPoint(...words: string[]): string[] {
  const recipes = [...RECIPES.matchAll(/^ENTRYPOINT (\[.*\])(?:\nCMD (\[.*\]))?$/gm)];
  const found = recipes.filter(([text]) => words.every((word) => text.includes(word)));
  const [[, command = "[]", args = "[]"] = []] = found.length === 1 ? found : [];
  return [...JSON.parse(command), ...JSON.parse(args)];
}
