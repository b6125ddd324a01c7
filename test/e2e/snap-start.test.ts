import { join } from "node:path";
import { functionEnv } from "../support/function-env.ts";
import { type LambdaFunction, startFunction } from "../support/lambda-host.ts";
import { describeWith } from "../support/needs.ts";
import { lambdaEnv } from "../support/run.ts";
import { invokeStarted } from "../support/runtimes.ts";
import { type Store, serve, startStore } from "../support/store.ts";
import { pythonTools, RUNTIMES } from "../support/tools.ts";
import { WRAPPERS } from "../support/trees.ts";

const TOKEN = "d2c3a0de-token-of-the-endpoint";
const ANSWER = {
  AccessKeyId: "ASIAIOSFODNN7EXAMPLE",
  SecretAccessKey: "secret-key-of-the-endpoint",
  Token: "session-of-the-endpoint",
  Expiration: "2030-01-01T00:00:00Z",
};

let store: Store;
let endpoint: Awaited<ReturnType<typeof serve>>;
let lambda: LambdaFunction;
beforeAll(async () => {
  // Lambda's own answers 404 to a wrong token.
  endpoint = await serve(({ method, url, headers }, response) => {
    const isRight = method === "GET" && url === "/2021-04-23/credentials" && headers.authorization === TOKEN;
    response.writeHead(isRight ? 200 : 404).end(isRight ? JSON.stringify(ANSWER) : "");
  });
});
beforeEach(async () => {
  store = await startStore({ "prod/token": "value" });
});
afterEach(async () => {
  await lambda.stop();
  store.close();
});
afterAll(() => endpoint.close());

describe.each(WRAPPERS)("behind the wrapper on %s", (_, wrapper) => {
  describeWith("python3", "a function under SnapStart", () => {
    it("is not started, for its values would be frozen", async () => {
      await start(wrapper, {});
      expect(JSON.parse((await lambda.invoke()).payload)).toMatchObject({
        errorType: "Runtime.InvalidSecretsConfiguration",
        errorMessage: expect.stringMatching(/^The function was not started\. SECRETS_SNAPSTART: .*stored in the snap/),
      });
      expect(lambda.log()).toMatch(/Turn SnapStart off .*SECRETS_SNAPSTART=allow.*\[SnapStart\]/);
      expect(store.asked).toEqual([]);
    });

    it("that accepts it gets its secrets with the credentials of Lambda's endpoint", async () => {
      await start(wrapper, { SECRETS_SNAPSTART: "allow" });
      const { environment } = await invokeStarted(lambda);
      expect(environment).toMatchObject({ TOKEN: "value" });
      expect(store.callers).toEqual([{ accessKeyId: ANSWER.AccessKeyId, sessionToken: ANSWER.Token }]);
    });

    it("is not started where the endpoint refuses its token, and the log says so", async () => {
      await start(wrapper, { SECRETS_SNAPSTART: "allow", AWS_CONTAINER_AUTHORIZATION_TOKEN: "of-another-one" });
      const { payload } = await lambda.invoke();
      const why =
        "the function's credentials cannot be fetched from AWS_CONTAINER_CREDENTIALS_FULL_URI: the response has status 404";
      expect(JSON.parse(payload)).toMatchObject({
        errorType: "Runtime.SecretsUnavailable",
        errorMessage: `The function was not started. TOKEN: ${why}.`,
      });
      expect(lambda.log()).toMatch(/TOKEN .*status 404\. .*AWS_CONTAINER_CREDENTIALS_FULL_URI.*\[NoCredentials\]/);
      expect(lambda.log()).not.toContain("of-another-one");
      expect(store.asked).toEqual([]);
    });
  });
});

/** As Lambda does under SnapStart: without keys and the names of its log, which a snapshot must not hold. */
async function start(wrapper: string, settings: Record<string, string>) {
  const { AWS_LAMBDA_LOG_GROUP_NAME, AWS_LAMBDA_LOG_STREAM_NAME, ...lambdaSets } = functionEnv("/var/task");
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, ...configured } = lambdaEnv(store.url, {
    TOKEN: "prod/token",
  });
  lambda = await startFunction({
    command: [join(pythonTools(), "python3"), "-m", "awslambdaric", "app.handler"],
    taskRoot: join(RUNTIMES, "python"),
    env: {
      ...lambdaSets,
      ...configured,
      PYTHONPATH: join(RUNTIMES, "python"),
      AWS_LAMBDA_EXEC_WRAPPER: wrapper,
      AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start",
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint.url}/2021-04-23/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: TOKEN,
      ...settings,
    },
  });
}
