import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LAYER, ROOT } from "../../layer/paths.ts";
import { functionEnv } from "../support/function-env.ts";
import { HOSTS } from "../support/hosts.ts";
import { BOOTSTRAP, type LambdaFunction } from "../support/lambda-host.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { record } from "../support/results.ts";
import { missingForRoot, onMachine } from "../support/root.ts";
import { lambdaEnv } from "../support/run.ts";
import { ALL_RUNTIMES, invokeStarted } from "../support/runtimes.ts";
import { type Store, startStore } from "../support/store.ts";

// The wrappers of test/wrappers treat the command line as those do whose names they have.

type Chain = {
  runtime: string;
  /** SECRETS_NEXT_WRAPPER. */
  next: string;
  /** The command line that Lambda's bootstrap gives, where it is not the runtime's. */
  given?: string[];
  /** What that bootstrap sets. */
  sets?: Record<string, string>;
  /** Where the command line that the runtime gets is not the one that the bootstrap gave. */
  changed?: (command: string[]) => string[];
};

const JAVA = { AWS_EXECUTION_ENV: "AWS_Lambda_java21" };
const withOption = ([java = "", ...rest]: string[]) => [java, "-Ddatadog=true", ...rest];

const WEB_APP = {
  given: ["/var/lang/bin/node", "app"],
  sets: { _HANDLER: "app" },
  changed: () => ["/var/task/app"],
};

const CHAINS: Chain[] = [
  { runtime: "Node.js", next: "/opt/otel-handler" },
  { runtime: "Python", next: "/opt/otel-instrument" },
  { runtime: "Node.js", next: "/opt/otel-instrument" },
  { runtime: "Node.js", next: "/opt/datadog_wrapper" },
  { runtime: "Java", next: "/opt/datadog_wrapper", sets: JAVA, changed: withOption },
  { runtime: "Java", next: "/opt/newrelic-java-handler" },
  { runtime: "Java", next: "/opt/otel-handler:/opt/datadog_wrapper", sets: JAVA, changed: withOption },
  { runtime: "Go", next: "/opt/bootstrap", ...WEB_APP },
  { runtime: "Go", next: "/opt/otel-handler:/opt/bootstrap", ...WEB_APP },
];

const BUILD_MS = 600_000;
const missing = missingForRoot();

let store: Store;
let opt: string;
let lambda: LambdaFunction;
beforeAll(async () => {
  store = await startStore({ "prod/token": "value" });
  opt = mkdtempSync(join(tmpdir(), "opt-"));
  if (missing !== undefined) return;
  // As Lambda merges a function's layers.
  for (const layer of [LAYER, join(ROOT, "test", "wrappers")]) cpSync(layer, opt, { recursive: true });
  symlinkSync("wrapper", join(opt, "linked"));
  writeFileSync(join(opt, "plain"), "#!/bin/sh\n");
});
afterAll(() => {
  store.close();
  rmSync(opt, { recursive: true });
});

it("names every wrapper that is tried, and no other, in its recipes", () => {
  const recipes = readFileSync(join(ROOT, "docs", "chaining.md"), "utf8");
  const named = [...recipes.matchAll(/\| `(\/opt\/\S+)` \||SECRETS_NEXT_WRAPPER +=? (\S+)/g)].map(([, a, b]) => a ?? b);
  const tried = CHAINS.map(({ next }) => next).filter((next) => next !== "/opt/otel-handler:/opt/datadog_wrapper");
  expect(new Set(named)).toEqual(new Set(tried));
});

describe.each(HOSTS)("in %s", (host, startHost) => {
  afterEach(() => lambda.stop());

  async function start({ runtime, next, given, sets = {} }: Chain, bootstrap = BOOTSTRAP) {
    const { prepare } = runtimeOf(runtime);
    const { task, env, ...own } = prepare();
    const command = given ?? own.command;
    const configured = { ...functionEnv("/var/task"), ...lambdaEnv(store.url, { TOKEN: "prod/token" }), ...env };
    const variables = Object.entries(sets).map(([name, value]) => `${name}=${value}`);
    const settings = { AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrapper", SECRETS_NEXT_WRAPPER: next };
    lambda = await startHost({
      bootstrap: [...onMachine(task, opt), "env", ...variables, bootstrap],
      command,
      taskRoot: task,
      env: { ...configured, ...settings },
      timeoutMs: 20_000,
    });
    return command;
  }

  for (const chain of CHAINS) {
    const { runtime, next, changed = (command: string[]) => command } = chain;
    describeUnless(missing ?? missingProgram(runtimeOf(runtime).programs), `${next} and ${runtime}`, () => {
      it(
        "are started one after the other, and see the secret",
        async () => {
          const command = await start(chain);
          const started = await invokeStarted(lambda);
          const seen = next.split(":").map((path) => `${path.slice("/opt/".length)}:value`);
          expect(started.environment).toMatchObject({ TOKEN: "value", SEEN: seen.join(" ") });
          expect(started.command).toEqual(changed(command));
          record("chaining", { wrappers: next, runtime, host });
        },
        BUILD_MS,
      );
    });
  }

  describeUnless(missing ?? missingProgram(["go"]), "a chain that cannot be", () => {
    it.each([
      ["/opt/wrapper", "/opt/wrapper is this wrapper itself"],
      ["/opt/./wrapper", "/opt/./wrapper is this wrapper itself"],
      ["/opt/otel-handler:/opt/linked", "/opt/linked is this wrapper itself"],
      ["/opt/none", "/opt/none: does not exist"],
      ["/opt/plain", "/opt/plain: is not an executable"],
    ])("%s is refused before any secret is fetched", async (next, cause) => {
      store.asked.length = 0;
      await start({ runtime: "Go", next });
      const { errorType, errorMessage } = JSON.parse((await lambda.invoke()).payload);
      expect(errorType).toBe("Runtime.InvalidSecretsConfiguration");
      expect(errorMessage).toBe(`The function was not started. SECRETS_NEXT_WRAPPER: ${cause}.`);
      expect(lambda.log()).toContain(cause);
      expect(store.asked).toEqual([]);
    });

    it("is refused also on provided.*, where Lambda does not say which the wrapper is", async () => {
      await start({ runtime: "Go", next: "/opt/linked", sets: { AWS_LAMBDA_EXEC_WRAPPER: "" } }, "/opt/wrapper");
      const { errorMessage } = JSON.parse((await lambda.invoke()).payload);
      expect(errorMessage).toBe(
        "The function was not started. SECRETS_NEXT_WRAPPER: /opt/linked is this wrapper itself.",
      );
    });
  });
});

function runtimeOf(name: string) {
  const found = ALL_RUNTIMES.find((runtime) => runtime.name === name);
  if (!found) throw new Error(`there is no runtime ${name}`);
  return found;
}
