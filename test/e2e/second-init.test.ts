import { functionEnv } from "../support/function-env.ts";
import { type LambdaFunction, startFunction } from "../support/lambda-host.ts";
import { lambdaEnv } from "../support/run.ts";
import { serve, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

// Lambda repeats a failed init within the first invocation, under the function's own time limit: 3 s unless set.

let lambda: LambdaFunction;
afterEach(() => lambda.stop());

describe.each(WRAPPERS)("behind the wrapper on %s", (_, wrapper) => {
  async function logsOfBothInits(url: string, secrets: unknown) {
    const env = { ...functionEnv("/"), ...lambdaEnv(url, secrets), AWS_LAMBDA_EXEC_WRAPPER: wrapper };
    lambda = await startFunction({ command: ["cat"], taskRoot: "/", env });
    const first = lambda.log();
    const { payload } = await lambda.invoke();
    expect(lambda.starts()).toBe(2);
    return { first, second: lambda.log().slice(first.length), result: JSON.parse(payload) };
  }

  it.each([
    ["that makes no sense", { A: 1 }, "Runtime.InvalidSecretsConfiguration", /ERROR A: a reference must be a string/],
    ["of a secret that does not exist", { A: "prod/none" }, "Runtime.SecretsUnavailable", /ERROR A .*does not exist/],
  ])("a configuration %s is reported alike by both inits, in time", async (_, secrets, errorType, line) => {
    const store = await startStore({});
    const { first, second, result } = await logsOfBothInits(store.url, secrets);
    store.close();
    expect(result.errorType).toBe(errorType);
    expect(first).toMatch(line);
    expect(second).toBe(first);
  });

  it("an endpoint that hangs is named by the second init too, before Lambda ends it", async () => {
    const hanging = await serve(() => {});
    const { first, second, result } = await logsOfBothInits(hanging.url, { A: "prod/db" });
    hanging.close();
    expect(result.errorMessage).toMatch(/Task timed out after 3\.00 seconds$/);
    expect(first).toMatch(/\[Timeout/);
    for (const log of [first, second]) {
      expect(log).toMatch(
        /WARN Secrets Manager in eu-west-1 has not responded for one second\. .*VPC.* Waiting for A\./,
      );
    }
  });
});
