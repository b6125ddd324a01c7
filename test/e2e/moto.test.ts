import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { PRINT_ENVIRON, parseEnviron } from "../support/environ.ts";
import { clientConfig, type Moto, startMoto } from "../support/moto.ts";
import { describeWith } from "../support/needs.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { WRAPPERS } from "../support/trees.ts";

describeWith("python3", "with moto's Secrets Manager", () => {
  let moto: Moto;
  let client: SecretsManagerClient;
  let arn: string;
  let firstVersion: string;
  beforeAll(async () => {
    moto = await startMoto();
    client = clientFor("eu-west-1");
    await client.send(new CreateSecretCommand({ Name: "prod/token", SecretString: "token-1" }));
    await client.send(new CreateSecretCommand({ Name: "prod/bytes", SecretBinary: Buffer.from([0, 255, 10]) }));
    await client.send(new CreateSecretCommand({ Name: "prod/empty" }));
    const db = new CreateSecretCommand({ Name: "prod/db", SecretString: '{"user":"ann","port":5432}' });
    const created = await client.send(db);
    arn = String(created.ARN);
    firstVersion = String(created.VersionId);
    await client.send(new PutSecretValueCommand({ SecretId: "prod/db", SecretString: '{"user":"bob","port":5433}' }));
    await client.send(new CreateSecretCommand({ Name: "prod/old", SecretString: "old" }));
    await client.send(new DeleteSecretCommand({ SecretId: "prod/old", RecoveryWindowInDays: 7 }));
    await clientFor("us-east-1").send(new CreateSecretCommand({ Name: "prod/far", SecretString: "far" }));
  });
  afterAll(() => moto.stop());

  function clientFor(region: string) {
    return new SecretsManagerClient(clientConfig(moto.url, region));
  }

  describe.each(WRAPPERS)("on %s", (_, wrapper) => {
    async function environmentValue(reference: unknown): Promise<string | undefined> {
      const ended = await run(wrapper, PRINT_ENVIRON, lambdaEnv(moto.url, { V: reference }));
      expect(ended).toMatchObject({ status: 0, stderr: "" });
      return parseEnviron(ended.stdout).get("V")?.toString();
    }

    async function reportOf(reference: unknown): Promise<string> {
      const ended = await run(wrapper, ["echo", "started"], lambdaEnv(moto.url, { V: reference }));
      expect(ended).toMatchObject({ status: 1, stdout: Buffer.alloc(0) });
      return ended.stderr;
    }

    it.each([
      ["a text", "prod/token", "token-1"],
      ["a JSON key", "prod/db:user", "bob"],
      ["a number", "prod/db:port", "5433"],
      ["a whole JSON secret", "prod/db", '{"user":"bob","port":5433}'],
      ["bytes as base64", "prod/bytes", "AP8K"],
      ["the version before", "prod/db:user:AWSPREVIOUS", "ann"],
      ["an option in place of a colon", { secret: "prod/db::AWSPREVIOUS", key: "user" }, "ann"],
    ])("gets %s", async (_, reference, value) => {
      expect(await environmentValue(reference)).toBe(value);
    });

    it("gets a version by its id", async () => {
      expect(await environmentValue(`prod/db:user::${firstVersion}`)).toBe("ann");
    });

    it("gets a secret by its ARN, and by the ARN without the suffix that AWS adds", async () => {
      expect(await environmentValue(`${arn}:user`)).toBe("bob");
      expect(await environmentValue(`${arn.slice(0, -7)}:user::`)).toBe("bob");
    });

    it("looks in the Region of an ARN", async () => {
      expect(await environmentValue("arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/far")).toBe("far");
      expect(await reportOf("prod/far")).toMatch(/does not exist. It was requested in eu-west-1/);
    });

    it.each([
      ["that does not exist", "prod/none", /the secret does not exist/],
      ["that is deleted", "prod/old", /is scheduled for deletion. Restore it/],
      ["without a value", "prod/empty", /exists, but has no value yet/],
      // moto says of a stage that is not there what AWS says only of a secret.
      ["without such a stage", "prod/db::AWSPENDING", /the secret does not exist/],
      ["without such a version", `prod/db:::${"0".repeat(32)}`, /has no version with this id/],
      ["without such a key", "prod/db:pasword", /no JSON key "pasword". It has "user", "port"/],
    ])("does not start with a secret %s", async (_, reference, message) => {
      expect(await reportOf(reference)).toMatch(message);
    });

    it("leaves out what is optional, and only if it does not exist", async () => {
      expect(await environmentValue({ secret: "prod/none", optional: true })).toBeUndefined();
      expect(await environmentValue({ secret: "prod/old", default: "none" })).toBe("none");
    });
  });
});
