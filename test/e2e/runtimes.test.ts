import { CASES, combine } from "../support/cases.ts";
import { functionEnv } from "../support/function-env.ts";
import { HOSTS, type Host } from "../support/hosts.ts";
import { BOOTSTRAP, type LambdaFunction, startFunction } from "../support/lambda-host.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { record } from "../support/results.ts";
import { missingForRoot, onMachine } from "../support/root.ts";
import { lambdaEnv } from "../support/run.ts";
import { ALL_RUNTIMES, invokeStarted, type Prepared, type Runtime, versionOf } from "../support/runtimes.ts";
import { type Store, startStore } from "../support/store.ts";

// Runtimes with the layer in /opt and the function in /var/task, as in Lambda.

const CASES_THAT_SUCCEED = CASES.filter(({ fails, warns }) => (fails ?? warns) === undefined);
const { stored, references, expected, absent } = combine(CASES_THAT_SUCCEED);
const missing = missingForRoot();
// What `npm test` has not built ahead is built here.
const BUILD_MS = 600_000;

let store: Store;
beforeAll(async () => {
  store = await startStore(stored);
});
afterAll(() => store.close());

describe.each(HOSTS)("in %s", (hostName, startHost) => {
  for (const runtime of ALL_RUNTIMES) {
    describeUnless(missing ?? missingProgram(runtime.programs), `a function on ${runtime.name}`, () =>
      behaves(hostName, startHost, runtime),
    );
  }
});

function behaves(hostName: string, startHost: Host, runtime: Runtime) {
  let prepared: Prepared;
  let lambda: LambdaFunction;
  beforeAll(async () => {
    prepared = runtime.prepare();
    lambda = await start(startHost, prepared);
  }, BUILD_MS);
  afterAll(() => lambda.stop());

  it("finds every value exactly", async () => {
    const { environment } = await invokeStarted(lambda);
    const wrong = Object.keys(expected).filter((name) => environment[name] !== expected[name]);
    expect(wrong).toEqual([]);
    expect(absent.filter((name) => name in environment)).toEqual([]);
    const values = `${CASES_THAT_SUCCEED.length} of ${CASES_THAT_SUCCEED.length}`;
    record("runtimes", {
      runtime: runtime.name,
      version: versionOf(runtime),
      client: runtime.client,
      host: hostName,
      values,
    });
  });

  it("is started with the command line that its bootstrap gave", async () => {
    expect((await invokeStarted(lambda)).command).toEqual(prepared.command);
  });

  it("serves one invocation after another in one process", async () => {
    const { pid } = await invokeStarted(lambda);
    expect((await invokeStarted(lambda)).pid).toBe(pid);
    expect(lambda.starts()).toBe(1);
  });

  // The emulator says nothing of how a runtime has ended.
  if (startHost === startFunction) {
    it.each([
      ["exits by itself", async () => await lambda.invoke({ exit: 3 }), "exit status 3"],
      ["is killed", async () => await killAndInvoke(lambda), "signal: killed"],
    ])("is reported as what it did where it %s", async (_, end, how) => {
      const { payload, failed } = await end();
      expect({ ...JSON.parse(payload), failed }).toEqual({
        errorType: "Runtime.ExitError",
        errorMessage: expect.stringMatching(`Error: Runtime exited with error: ${how}$`),
        failed: true,
      });
    });
  }
}

function start(startHost: Host, { task, command, env }: Prepared): Promise<LambdaFunction> {
  return startHost({
    command,
    bootstrap: [...onMachine(task), BOOTSTRAP],
    taskRoot: task,
    env: {
      ...functionEnv("/var/task"),
      ...lambdaEnv(store.url, references),
      ...env,
      AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrapper",
    },
    timeoutMs: 20_000,
  });
}

/** By the process id that the runtime itself gives: it is the one that Lambda has started. */
async function killAndInvoke(lambda: LambdaFunction) {
  process.kill((await invokeStarted(lambda)).pid, "SIGKILL");
  return await lambda.invoke();
}
