import { join } from "node:path";
import { functionEnv } from "../support/function-env.ts";
import { HOSTS, type Host } from "../support/hosts.ts";
import type { FunctionOptions, LambdaFunction } from "../support/lambda-host.ts";
import { describeWith } from "../support/needs.ts";
import { lambdaEnv } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { nodeRuntimeClient, pythonTools, RUNTIMES } from "../support/tools.ts";
import { WRAPPERS } from "../support/trees.ts";

const VALUES = { TOKEN: "tokën\n", USER_NAME: "ann", PORT: "5432", WILD_user: "ann", WILD_port: "5432" };
const REFERENCES = { TOKEN: "prod/token", USER_NAME: "prod/db:user", PORT: "prod/db:port", "WILD_*": "prod/db" };

let store: Store;
beforeAll(async () => {
  store = await startStore({ "prod/token": VALUES.TOKEN, "prod/db": '{"user":"ann","port":5432}' });
});
afterAll(() => store.close());

type Runtime = Pick<FunctionOptions, "command" | "taskRoot"> & { env?: Record<string, string> };

const python = (): Runtime => ({
  command: [join(pythonTools(), "python3"), "-m", "awslambdaric", "app.handler"],
  taskRoot: join(RUNTIMES, "python"),
  env: { PYTHONPATH: join(RUNTIMES, "python") },
});
const node = (): Runtime => ({
  command: [process.execPath, nodeRuntimeClient(), "app.handler"],
  taskRoot: join(RUNTIMES, "node"),
});

describe.each(HOSTS)("in %s", (_, host) => {
  describe.each(WRAPPERS)("behind the wrapper on %s", (_, wrapper) => {
    describeWith("python3", "a Python function", () => behaves(host, wrapper, python));
    describeWith("g++", "a Node function", () => behaves(host, wrapper, node));
  });
});

function behaves(startHost: Host, wrapper: string, runtime: () => Runtime) {
  let lambda: LambdaFunction;
  afterEach(() => lambda.stop());

  async function start(references: unknown) {
    const { command, taskRoot, env } = runtime();
    const configured = { ...functionEnv(taskRoot), ...lambdaEnv(store.url, references), ...env };
    lambda = await startHost({ command, taskRoot, env: { ...configured, AWS_LAMBDA_EXEC_WRAPPER: wrapper } });
  }

  it("finds its secrets in its environment, at the first invocation and the next", async () => {
    await start(REFERENCES);
    const first = await lambda.invoke();
    expect({ ...first, log: lambda.log() }).toMatchObject({ failed: false });
    expect(JSON.parse(first.payload).environment).toMatchObject(VALUES);
    expect((await lambda.invoke()).payload).toBe(first.payload);
    expect(lambda.starts()).toBe(1);
  });

  it("does not start without them; its caller is told which and why, and no more", async () => {
    await start({ ...REFERENCES, A: "prod/none", B: `${ARN}:user` });
    const { payload, failed } = await lambda.invoke();
    expect(failed).toBe(true);
    expect(JSON.parse(payload)).toEqual({
      errorType: "Runtime.SecretsUnavailable",
      errorMessage: "The function was not started. A, B: the secret does not exist.",
      stackTrace: [],
    });
    expect(lambda.log()).toContain(ARN);
    expect(lambda.log().match(/FATAL/g)).toHaveLength(lambda.starts());
  });

  it("does not start with a configuration that makes no sense", async () => {
    await start({ A: 1 });
    const { errorType, errorMessage } = JSON.parse((await lambda.invoke()).payload);
    expect(errorType).toBe("Runtime.InvalidSecretsConfiguration");
    expect(errorMessage).toMatch(/A: a reference must be a string or an object, not a number/);
  });
}

const ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/none-AbCdEf";
