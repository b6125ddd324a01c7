import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PRINT_ENVIRON, parseEnviron } from "../support/environ.ts";
import { type Ministack, startMinistack } from "../support/ministack.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { run } from "../support/run.ts";
import { copyOfTerraform, missingProvider, terraformOutput } from "../support/terraform.ts";
import { WRAPPERS } from "../support/trees.ts";

jest.setTimeout(600_000);

// The policy is applied, and evaluated when the layer starts with the role's own credentials. Of secrets only: ministack
// evaluates calls for parameters against *, AWS against the parameters and the path.

describeUnless(missingProgram(["python3"]) ?? missingProvider(), "with the module's policy, a role", () => {
  let aws: Ministack;
  let folder: string;
  let env: Record<string, string>;
  let listed: string;
  beforeAll(async () => {
    aws = await startMinistack();
    const arn = await store(aws);
    folder = mkdtempSync(join(tmpdir(), "terraform-permission-"));
    copyOfTerraform(join(folder, "module"));
    writeFileSync(join(folder, "main.tf"), configuration(arn));
    await terraformOutput(folder, ["init"], aws.env);
    await terraformOutput(folder, ["apply", "-auto-approve"], aws.env);
    listed = JSON.parse(await terraformOutput(folder, ["output", "-json", "environment_variables"], aws.env)).SECRETS;
    env = { PATH: process.env.PATH ?? "", SECRETS_LOG_LEVEL: "WARN", ...(await aws.assumeRole("function")) };
  });
  afterAll(() => {
    aws.stop();
    rmSync(folder, { recursive: true });
  });

  describe.each(WRAPPERS)("on %s", (_, wrapper) => {
    it("may read all that is listed, and finds that the rest does not exist", async () => {
      const { status, stdout, stderr } = await run(wrapper, PRINT_ENVIRON, { ...env, SECRETS: listed });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      const found = parseEnviron(stdout);
      const values = ["TOKEN", "PASSWORD", "ARN", "APP_mode", "OPTIONAL", "FALLBACK"].map((name) => [
        name,
        found.get(name)?.toString(),
      ]);
      expect(Object.fromEntries(values)).toEqual({
        TOKEN: "token-value",
        PASSWORD: "password-value",
        ARN: "arn-value",
        APP_mode: "live",
        FALLBACK: "none",
      });
    });

    it.each([
      ["another secret", "prod/other"],
      ["a name that begins as a listed one", "prod/token-other"],
      ["a name that a listed one begins with", "prod/tok"],
      ["a secret that does not exist", { secret: "prod/none", optional: true }],
    ])("may not read what is not listed: %s", async (_, reference) => {
      const SECRETS = JSON.stringify({ OTHER: reference });
      const { status, stdout, stderr } = await run(wrapper, ["echo", "started"], { ...env, SECRETS });
      expect({ status, stdout: stdout.toString() }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toMatch(/ERROR OTHER .* is denied\..*\[AccessDenied:/);
    });
  });
});

/** Returns the ARN of one of the secrets. */
async function store({ url, env }: Ministack): Promise<string> {
  const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID ?? "", secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? "" };
  const secrets = new SecretsManagerClient({ endpoint: url, region: "eu-west-1", credentials });
  const put = (Name: string, SecretString: string) => secrets.send(new CreateSecretCommand({ Name, SecretString }));
  await put("prod/token", "token-value");
  await put("prod/token-other", "other");
  await put("prod/tok", "other");
  await put("prod/other", "other");
  await put("prod/db", '{"password":"password-value"}');
  await put("prod/app", '{"mode":"live"}');
  return String((await put("prod/by-arn", "arn-value")).ARN);
}

function configuration(arn: string): string {
  return `
resource "aws_iam_role" "function" {
  name = "function"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::000000000000:root" } }]
  })
}

module "secrets" {
  source    = "./module"
  layer_arn = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"
  role_name = aws_iam_role.function.name

  secrets = {
    TOKEN    = "prod/token"
    PASSWORD = "prod/db:password"
    ARN      = "${arn}"
    "APP_*"  = "prod/app"
    OPTIONAL = { secret = "prod/missing", optional = true }
    FALLBACK = { secret = "prod/missing-too:key", default = "none" }
  }
}

output "environment_variables" {
  value = module.secrets.environment_variables
}
`;
}
