import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../support/free-port.ts";
import { functionEnv } from "../../support/function-env.ts";
import { type LambdaFunction, startFunction } from "../../support/lambda-host.ts";
import { describeUnless, missingProgram } from "../../support/needs.ts";
import { lambdaEnv } from "../../support/run.ts";
import { denied, type Store, type Stored, startStore } from "../../support/store.ts";
import { nodeRuntimeClient, pythonTools, RUNTIMES } from "../../support/tools.ts";
import { LIVE_LAYERS } from "../../support/trees.ts";

jest.setTimeout(120_000);

const TASK = join(RUNTIMES, "live");
const FUNCTIONS = {
  Python: () => [join(pythonTools(), "python3"), "-m", "awslambdaric", "app.handler"],
  "Node.js": () => [process.execPath, nodeRuntimeClient(), "app.handler"],
};

describeUnless(missingProgram(["python3", "g++"]), "in a function with the live layer", () => {
  let store: Store;
  let stored: Record<string, Stored>;
  let lambda: LambdaFunction | undefined;
  let folder: string;
  beforeEach(async () => {
    stored = { x: "old", y: '{"a":"1"}' };
    store = await startStore(stored);
    folder = mkdtempSync("/tmp/live-");
  });
  afterEach(async () => {
    await lambda?.stop();
    lambda = undefined;
    store.close();
    rmSync(folder, { recursive: true });
  });

  type Options = { wrapper?: boolean; runtime?: keyof typeof FUNCTIONS; tellsOfInvocations?: boolean };

  async function start(layer: string, secrets: unknown, more = {}, options: Options = {}): Promise<LambdaFunction> {
    const { wrapper = false, runtime = "Python", ...host } = options;
    lambda = await startFunction({
      command: FUNCTIONS[runtime](),
      taskRoot: TASK,
      extensions: join(layer, "extensions"),
      timeoutMs: 10_000,
      ...host,
      env: {
        ...functionEnv(TASK),
        ...lambdaEnv(store.url, secrets),
        PYTHONPATH: TASK,
        SECRETS_PORT: String(await freePort()),
        ...(wrapper && { AWS_LAMBDA_EXEC_WRAPPER: join(layer, "wrapper") }),
        ...more,
      },
    });
    return lambda;
  }

  async function invoke(event: object = {}) {
    const { payload, failed } = await (lambda as LambdaFunction).invoke(event);
    return { failed, ...JSON.parse(payload) };
  }

  describe.each(LIVE_LAYERS)("on %s", (_, layer) => {
    it.each(Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[])(
      "code in %s reads values in init and in invocations, without the wrapper",
      async (runtime) => {
        await start(layer, { A: "x", "B_*": "y" }, { READ_AT_INIT: "/secrets/A" }, { runtime });
        const { init, read, environment } = await invoke({ read: ["/secrets", "/secrets/A"] });
        expect(init).toEqual({ status: 200, body: "old" });
        expect(read).toEqual([
          { status: 200, body: '{"A":"old","B_a":"1"}' },
          { status: 200, body: "old" },
        ]);
        expect(environment.A).toBeUndefined();
        expect(store.asked.sort()).toEqual(["x", "y"]);
      },
    );

    it("fetches each secret once for the wrapper and itself", async () => {
      await start(layer, { A: "x", "B_*": "y", N: { secret: "none", optional: true } }, {}, { wrapper: true });
      const { environment, read } = await invoke({ read: ["/secrets"] });
      expect([environment.A, environment.B_a]).toEqual(["old", "1"]);
      expect(JSON.parse(read[0].body)).toEqual({ A: "old", B_a: "1" });
      expect(store.asked.sort()).toEqual(["none", "x", "y"]);
    });

    it("refreshes at an invocation what is past its time, while the handler runs", async () => {
      await start(layer, { A: "x" }, { SECRETS_TTL: "1" });
      await invoke();
      stored.x = "new";
      await sleep(1200);
      await invoke();
      await sleep(200);
      const asked = store.asked.length;
      expect((await invoke({ read: ["/secrets/A"] })).read).toEqual([{ status: 200, body: "new" }]);
      expect([asked, store.asked.length]).toEqual([2, 2]);
    });

    it("refreshes by the clock where Lambda tells of no invocations", async () => {
      await start(layer, { A: "x" }, { SECRETS_TTL: "1" }, { tellsOfInvocations: false });
      await invoke();
      stored.x = "new";
      await sleep(2500);
      const asked = store.asked.length;
      expect(asked).toBeGreaterThan(1);
      expect((await invoke({ read: ["/secrets/A"] })).read).toEqual([{ status: 200, body: "new" }]);
    });

    it("reports to the function's caller what cannot be had, as the wrapper would", async () => {
      stored.x = denied("x");
      const lambda = await start(layer, { A: "x", B: "none" });
      expect(await invoke()).toEqual({
        failed: true,
        errorType: "Extension.SecretsUnavailable",
        errorMessage: "The function was not started. A: access to the secret is denied; B: the secret does not exist.",
        stackTrace: [],
      });
      expect(lambda.log()).toMatch(/ERROR A \(from "x"\): access to the secret is denied\. Allow /);
      expect(lambda.log()).toContain("FATAL The live cache was not started: 2 faults, listed above.");
    });

    it("leaves the report to the wrapper where there is one", async () => {
      stored.x = denied("x");
      const lambda = await start(layer, { A: "x" }, {}, { wrapper: true });
      expect(await invoke()).toMatchObject({ failed: true, errorType: "Runtime.SecretsUnavailable" });
      expect(lambda.log()).toContain("FATAL The function was not started: 1 fault, listed above.");
      expect(lambda.log()).not.toContain("The live cache was not started");
    });

    it("says which settings are wrong, and that AWS's extension may have the port", async () => {
      await start(layer, { "a-b": "x" }, { SECRETS_TTL: "soon" });
      expect((await invoke()).errorMessage).toMatch(
        /SECRETS_TTL: "soon" is not a whole number.*a-b: it is not a valid/,
      );
      await lambda?.stop();
      const taken = createServer();
      await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
      const { port } = taken.address() as { port: number };
      const other = await start(layer, { A: "x" }, { SECRETS_PORT: String(port) });
      expect((await invoke()).errorMessage).toMatch(/SECRETS_PORT: port \d+ of 127\.0\.0\.1 is in use\.$/);
      expect(other.log()).toContain("AWS's Parameters and Secrets Lambda Extension uses 2773, too");
      taken.close();
    });

    it("is a cache on demand where SECRETS is not set", async () => {
      const { SECRETS: _, ...env } = lambdaEnv(store.url, {});
      await start(layer, {}, { ...env, SECRETS: undefined });
      const { read } = await invoke({ read: ["/secretsmanager/get?secretId=x", "/secrets"] });
      expect(JSON.parse(read[0].body).SecretString).toBe("old");
      expect(read[1]).toEqual({ status: 200, body: "{}" });
    });

    it("fetches nothing under SnapStart before the first invocation", async () => {
      await start(layer, { A: "x" }, { AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start", READ_AT_INIT: "/secrets/A" });
      expect(store.asked).toEqual([]);
      const { init, read } = await invoke({ read: ["/secrets/A"] });
      expect([init.status, JSON.parse(init.body).code]).toEqual([503, "NotReady"]);
      expect(read).toEqual([{ status: 200, body: "old" }]);
    });

    it("ends at SHUTDOWN at once, with its files removed", async () => {
      const file = join(folder, "a");
      const lambda = await start(layer, { A: { secret: "x", file } });
      expect((await invoke({ file })).file).toBe("old");
      const [extension] = lambda.extensions();
      const ended = new Promise<number>((resolve) => extension?.once("exit", (status) => resolve(status ?? -1)));
      const stopped = lambda.stop();
      // Else the host would have killed it.
      expect(await ended).toBe(0);
      await stopped;
      expect(existsSync(file)).toBe(false);
    });

    it("replaces a file when its secret rotates, whoever has written it", async () => {
      for (const wrapper of [false, true]) {
        stored.x = "old";
        const file = join(folder, `of ${wrapper}`.replace(" ", "-"));
        const lambda = await start(layer, { A: { secret: "x", file } }, { SECRETS_TTL: "1" }, { wrapper });
        expect((await invoke({ file })).file).toBe("old");
        stored.x = "new";
        await sleep(1200);
        await invoke();
        await sleep(300);
        expect((await invoke({ file })).file).toBe("new");
        await lambda.stop();
        expect(existsSync(file)).toBe(false);
      }
    });

    it("is reported as a crash where it is killed, and is there again with the next environment", async () => {
      const lambda = await start(layer, { A: "x" });
      await invoke();
      lambda.extensions()[0]?.kill("SIGKILL");
      await sleep(100);
      expect(await invoke({ read: ["/secrets/A"] })).toMatchObject({ failed: true, errorType: "Extension.Crash" });
      expect((await invoke({ read: ["/secrets/A"] })).read).toEqual([{ status: 200, body: "old" }]);
    });
  });
});
