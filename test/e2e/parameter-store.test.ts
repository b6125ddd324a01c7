import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { LabelParameterVersionCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { addedTo, PRINT_ENVIRON } from "../support/environ.ts";
import { clientConfig, type Moto, startMoto } from "../support/moto.ts";
import { describeWith } from "../support/needs.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { WRAPPERS } from "../support/trees.ts";

const LEVEL_ARN = "arn:aws:ssm:eu-west-1:123456789012:parameter/prod/log-level";

describeWith("python3", "with moto's Parameter Store", () => {
  let moto: Moto;
  let client: SSMClient;
  beforeAll(async () => {
    moto = await startMoto();
    client = new SSMClient(clientConfig(moto.url));
    await put("/prod/log-level", "info");
    await put("/prod/log-level", "debug");
    await client.send(
      new LabelParameterVersionCommand({ Name: "/prod/log-level", ParameterVersion: 1, Labels: ["live"] }),
    );
    await put("/prod/key", "s3cret\n", "SecureString");
    await put("/prod/hosts", "a,b,c", "StringList");
    await put("/prod/json", '{"user":"ann","port":5432}');
    await put("Plain", "plain");
    for (let index = 0; index < 23; index++) await put(`/prod/app/setting-${index}`, `value ${index}`);
    await put("/prod/app/db/host", "deep");
    await put("/prod/same/a-b", "1");
    await put("/prod/same/a.b", "2");
    await put("/prod/evil/path", "/evil");
    await put("/prod/evil/other", "taken");
    await put("/top", "top");
    const far = new SSMClient(clientConfig(moto.url, "us-east-1"));
    await far.send(new PutParameterCommand({ Name: "/far", Value: "far", Type: "String" }));
    const secrets = new SecretsManagerClient(clientConfig(moto.url));
    await secrets.send(new CreateSecretCommand({ Name: "prod/db", SecretString: '{"password":"pw"}' }));
  });
  afterAll(() => moto.stop());

  async function put(Name: string, Value: string, Type: "String" | "StringList" | "SecureString" = "String") {
    await client.send(new PutParameterCommand({ Name, Value, Type, Overwrite: true }));
  }

  describe.each(WRAPPERS)("on %s", (_, wrapper) => {
    function envOf(references: unknown): Record<string, string> {
      const { AWS_ENDPOINT_URL_SECRETS_MANAGER: _, AWS_ENDPOINT_URL_SSM: __, ...env } = lambdaEnv(moto.url, references);
      return { ...env, AWS_ENDPOINT_URL: moto.url };
    }

    async function variablesOf(references: unknown): Promise<Record<string, string>> {
      const env = envOf(references);
      const ended = await run(wrapper, PRINT_ENVIRON, env);
      expect(ended).toMatchObject({ status: 0, stderr: "" });
      return addedTo(env, ended.stdout);
    }

    async function reportOf(references: unknown): Promise<string> {
      const ended = await run(wrapper, ["echo", "started"], envOf(references));
      expect(ended).toMatchObject({ status: 1, stdout: Buffer.alloc(0) });
      return ended.stderr;
    }

    it.each([
      ["a text", "ssm:/prod/log-level", "debug"],
      ["a name without a path", "ssm:Plain", "plain"],
      ["a version", "ssm:/prod/log-level:1", "info"],
      ["a label", "ssm:/prod/log-level:live", "info"],
      ["a SecureString, decrypted", "ssm:/prod/key", "s3cret\n"],
      ["a StringList, as it is", "ssm:/prod/hosts", "a,b,c"],
      ["a JSON key", { parameter: "/prod/json", key: "port" }, "5432"],
      ["one of another Region", "ssm:arn:aws:ssm:us-east-1:123456789012:parameter/far", "far"],
      ["a default", { parameter: "/prod/none", default: "none" }, "none"],
    ])("gets %s", async (_, reference, value) => {
      expect(await variablesOf({ V: reference })).toEqual({ V: value });
    });

    it("gets many parameters, several versions of one, and secrets beside them", async () => {
      const names = Array.from({ length: 23 }, (_, index) => [`V${index}`, `ssm:/prod/app/setting-${index}`]);
      const others = { OLD: "ssm:/prod/log-level:1", NEW: "ssm:/prod/log-level:2", PASSWORD: "prod/db:password" };
      const values = Array.from({ length: 23 }, (_, index) => [`V${index}`, `value ${index}`]);
      const expected = { ...Object.fromEntries(values), OLD: "info", NEW: "debug", PASSWORD: "pw" };
      expect(await variablesOf({ ...Object.fromEntries(names), ...others })).toEqual(expected);
    });

    it.each([
      ["two versions", ["ssm:/prod/log-level:1", "ssm:/prod/log-level:2"], ["info", "debug"]],
      ["a version and a label", ["ssm:/prod/log-level:2", "ssm:/prod/log-level:live"], ["debug", "info"]],
      ["name and ARN with versions", ["ssm:/prod/log-level:1", `ssm:${LEVEL_ARN}:2`], ["info", "debug"]],
      ["name, and ARN with a version", ["ssm:/prod/log-level", `ssm:${LEVEL_ARN}:1`], ["debug", "info"]],
      ["ARN, and name with a label", [`ssm:${LEVEL_ARN}`, "ssm:/prod/log-level:live"], ["debug", "info"]],
    ])("tells apart references to one parameter: %s", async (_, [one, two], [first, second]) => {
      expect(await variablesOf({ ONE: one, TWO: two })).toEqual({ ONE: first, TWO: second });
      expect(await variablesOf({ TWO: two, ONE: one })).toEqual({ ONE: first, TWO: second });
    });

    it("gets parameters of the uppermost level, with a slash and without", async () => {
      const { PLAIN, TOP } = await variablesOf({ "*": "ssm:/" });
      expect({ PLAIN, TOP }).toEqual({ PLAIN: "plain", TOP: "top" });
    });

    it("skips a parameter under a path whose name starts code, with a warning", async () => {
      const env = envOf({ "*": "ssm:/prod/evil/" });
      const ended = await run(wrapper, PRINT_ENVIRON, env);
      expect(ended).toMatchObject({ status: 0 });
      expect(addedTo(env, ended.stdout)).toEqual({ OTHER: "taken" });
      expect(ended.stderr).toMatch(/^\S+ WARN \* \(from "\/prod\/evil\/"\): skipped "PATH"\. .*\[StartupName\]\n$/);
    });

    it("gets all parameters of a path, and with two stars those of every level", async () => {
      const values = Array.from({ length: 23 }, (_, index) => [`APP_SETTING_${index}`, `value ${index}`]);
      const level = Object.fromEntries(values);
      expect(await variablesOf({ "APP_*": "ssm:/prod/app/" })).toEqual(level);
      expect(await variablesOf({ "APP_*": "ssm:/prod/app/**" })).toEqual({ ...level, APP_DB_HOST: "deep" });
    });

    it("gets the keys of a parameter by wildcard, and names by list", async () => {
      expect(await variablesOf({ "DB_*": "ssm:/prod/json" })).toEqual({ DB_user: "ann", DB_port: "5432" });
      expect(await variablesOf(["ssm:/prod/log-level", "ssm:/prod/json"])).toEqual({
        LOG_LEVEL: "debug",
        user: "ann",
        port: "5432",
      });
    });

    it.each([
      ["that does not exist", "ssm:/prod/none", /V \(from "\/prod\/none"\): the parameter does not exist.*eu-west-1/],
      [
        "without such a version",
        "ssm:/prod/log-level:9",
        /the parameter does not exist, or has no version or label "9"/,
      ],
      [
        "without such a key",
        { parameter: "/prod/json", key: "no" },
        /the parameter has no JSON key "no". It has "user"/,
      ],
      ["that is a path", "ssm:/prod/app/", /a path returns several parameters and cannot fill one variable/],
    ])("does not start with a parameter %s", async (_, reference, message) => {
      expect(await reportOf({ V: reference })).toMatch(message);
    });

    it.each([
      ["without a parameter", { "*": "ssm:/prod/nothing/" }, /there is no parameter under the path/],
      [
        "with two of one name",
        { "*": "ssm:/prod/same/" },
        /two parameters under the path produce the same variable\. It is "A_B"/,
      ],
    ])("does not start with a path %s", async (_, references, message) => {
      expect(await reportOf(references)).toMatch(message);
    });

    it("reports every missing parameter and secret at once", async () => {
      const report = await reportOf({ A: "ssm:/none/a", B: "ssm:/none/b", C: "none", D: "ssm:/prod/log-level" });
      expect(report).toMatch(/ERROR A \(from "\/none\/a"\), B \(from "\/none\/b"\): the parameter does not exist/);
      expect(report).toMatch(/ERROR C \(from "none"\): the secret does not exist/);
      expect(report).toContain("3 faults");
    });
  });
});
