import { expectNoCanary } from "../support/canary.ts";
import { expectTold } from "../support/fault-run.ts";
import { FAULTS } from "../support/faults.ts";
import { startFunction } from "../support/lambda-host.ts";
import { describeWith } from "../support/needs.ts";
import { lambdaEnv } from "../support/run.ts";
import { WRAPPERS } from "../support/trees.ts";

const [[, wrapper] = []] = WRAPPERS;
const refused = FAULTS.filter(({ says }) => says !== undefined);

describeWith("openssl", "a function that Lambda tries to start twice", () => {
  it.concurrent.each(refused)("tells its caller of a $target.kind: $name", async (fault) => {
    const endpoint = await fault.provoke();
    const env = { ...lambdaEnv(endpoint.url, fault.secrets), ...endpoint.env };
    const lambda = await startFunction({
      command: ["sh", "-c", "echo the function has started"],
      taskRoot: "/",
      env: { ...env, SECRETS_TIMEOUT: fault.seconds ? "0.9" : "5", AWS_LAMBDA_EXEC_WRAPPER: String(wrapper) },
      timeoutMs: 10_000,
    });
    const { payload, failed } = await lambda.invoke();
    await lambda.stop();
    endpoint.close();

    expect({ failed, starts: lambda.starts() }).toEqual({ failed: true, starts: 2 });
    expectTold(payload, { ...fault, says: String(fault.says).replace("1.5 s", "0.9 s") });
    expectNoCanary(lambda.log());
    expect(lambda.log()).not.toContain("the function has started");
    expect(lambda.log().match(/FATAL/g)).toHaveLength(2);
  });
});
