import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundledTool, runTool, type Tool } from "../support/cli.ts";
import { awsEnv, type Moto, startMoto } from "../support/moto.ts";
import { describeWith } from "../support/needs.ts";

const HERE = ["--region", "eu-west-1", "--account", "111122223333"];
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

let tool: Tool;
beforeAll(async () => {
  tool = await bundledTool();
});
afterAll(() => tool.remove());

/** Without anybody's profiles. */
const policy = (args: string[], env: Record<string, string>) =>
  runTool(tool, ["policy", ...args], { env: { HOME: tool.folder, AWS_EC2_METADATA_DISABLED: "true", ...env } });

describe("policy", () => {
  it("prints the policy for SECRETS and a customer managed key", async () => {
    const { stdout, stderr, status } = await policy([...HERE, "--kms-key", KEY], {
      SECRETS: '{"A":"prod/db:k"}',
    });
    expect({ status, stderr, policy: JSON.parse(stdout) }).toEqual({
      status: 0,
      stderr: "",
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "secretsmanager:GetSecretValue",
            Resource: ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-??????"],
          },
          {
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: [KEY],
            Condition: {
              StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" },
              ArnLike: { "kms:EncryptionContext:SecretARN": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:*" },
              StringLike: { "kms:EncryptionContext:SecretARN": ["*:prod/db-??????"] },
            },
          },
        ],
      },
    });
  });

  it("reads a file in place of SECRETS, and takes the partition from the Region", async () => {
    const file = join(tool.folder, "secrets.yaml");
    writeFileSync(file, "LOG_LEVEL: ssm:/prod/log-level\n");
    const place = ["--region", "cn-north-1", "--account", "111122223333"];
    const { stdout } = await policy(["--secrets", file, ...place], { SECRETS: "{}" });
    expect(JSON.parse(stdout).Statement).toEqual([
      {
        Effect: "Allow",
        Action: "ssm:GetParameters",
        Resource: ["arn:aws-cn:ssm:cn-north-1:111122223333:parameter/prod/log-level"],
      },
    ]);
  });

  it("needs neither Region nor account where all have ARNs", async () => {
    const arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:prod/db-AbCdEf";
    const key = "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    const { stdout, stderr } = await policy(["--kms-key", key], {
      SECRETS: JSON.stringify({ A: `${arn}:k` }),
    });
    expect(stderr).toBe("");
    const [read, decrypt] = JSON.parse(stdout).Statement;
    expect(read.Resource).toEqual([arn]);
    expect(decrypt.Condition.StringEquals).toEqual({ "kms:ViaService": "secretsmanager.us-gov-west-1.amazonaws.com" });
  });

  it.each([
    {
      what: "faults of SECRETS",
      args: HERE,
      secrets: '{"A":"","B":"b:c:d:e"}',
      status: 1,
      says: /^lambda-secrets-wrapper: SECRETS has 2 faults:\nA: .*\[InvalidReference\]\nB /s,
    },
    { what: "SECRETS without entries", args: HERE, secrets: "{}", status: 1, says: /SECRETS has no entries/ },
    { what: "no Region", args: [], secrets: '{"A":"a"}', status: 1, says: /The Region is not known/ },
    {
      what: "no credentials",
      args: ["--region", "eu-west-1"],
      secrets: '{"A":"a"}',
      status: 1,
      says: /credentials.*AWS_PROFILE/s,
    },
    {
      what: "an alias",
      args: ["--kms-key", "alias/app"],
      secrets: "{}",
      status: 2,
      says: /alias\/app.*IAM takes no aliases/s,
    },
    {
      what: "an account that is none",
      args: ["--account", "me"],
      secrets: "{}",
      status: 2,
      says: /Use for example 111122223333/,
    },
  ])("reports $what", async ({ args, secrets, status, says }) => {
    const ended = await policy([...args], { SECRETS: secrets });
    expect(ended).toMatchObject({ status, stdout: "" });
    expect(ended.stderr).toMatch(says);
  });
});

describeWith("python3", "policy without --account", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  }, 300_000);
  afterAll(() => moto.stop());

  it("takes the credentials' account and says which", async () => {
    const { stdout, stderr } = await policy([], { ...awsEnv(moto.url), SECRETS: '{"A":"prod/db"}' });
    const [{ Resource }] = JSON.parse(stdout).Statement;
    expect(Resource).toEqual(["arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-??????"]);
    expect(stderr).toBe("For Region eu-west-1 and account 123456789012; --region and --account name others.\n");
  });
});
