import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PRINT_ENVIRON, parseEnviron } from "../support/environ.ts";
import { type Ministack, startMinistack } from "../support/ministack.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { run } from "../support/run.ts";
import { copyOfTerraform, missingProvider, terraformOutput } from "../support/terraform.ts";
import { WRAPPERS } from "../support/trees.ts";

jest.setTimeout(600_000);

// The policy is applied, and evaluated when the layer starts with a role's own credentials. For parameters the policy's
// evaluation is asked for by itself (SimulatePrincipalPolicy): ministack evaluates GetParameters against *, AWS against
// each parameter. Paths (ssm:Recursive) and keys (encryption context) depend on a call's context, which it does not take.

const ROLES = ["function", "without-secrets", "without-parameters"] as const;
type Role = (typeof ROLES)[number];

describeUnless(missingProgram(["python3"]) ?? missingProvider(), "with the module's policy", () => {
  let aws: Ministack;
  let folder: string;
  let env: Record<Role, Record<string, string>>;
  let listed: Record<string, unknown>;
  beforeAll(async () => {
    aws = await startMinistack();
    const arn = String((await aws.store(STORED))["prod/by-arn"]);
    folder = mkdtempSync(join(tmpdir(), "terraform-permission-"));
    copyOfTerraform(join(folder, "module"));
    writeFileSync(join(folder, "main.tf"), configuration(arn));
    await terraformOutput(folder, ["init"], aws.env);
    await terraformOutput(folder, ["apply", "-auto-approve"], aws.env);
    const variables = JSON.parse(await terraformOutput(folder, ["output", "-json", "environment_variables"], aws.env));
    listed = JSON.parse(variables.SECRETS);
    const base = { PATH: process.env.PATH ?? "", SECRETS_LOG_LEVEL: "WARN" };
    const withRole = async (role: Role) => [role, { ...base, ...(await aws.assumeRole(role)) }];
    env = Object.fromEntries(await Promise.all(ROLES.map(withRole)));
  });
  afterAll(() => {
    aws.stop();
    rmSync(folder, { recursive: true });
  });

  describe.each(WRAPPERS)("on %s", (_, wrapper) => {
    const start = (role: Role, secrets: Record<string, unknown>, command = ["echo", "started"]) =>
      run(wrapper, command, { ...env[role], SECRETS: JSON.stringify(secrets) });

    it("a role may read all that is listed, and finds that the rest does not exist", async () => {
      const { LEVEL, ...secrets } = listed;
      expect(LEVEL).toBe("ssm:/prod/level");
      const { status, stdout, stderr } = await start("function", secrets, PRINT_ENVIRON);
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
      ["a name that begins as a listed one", "prod/db-other"],
      ["a name that a listed one begins with", "prod/tok"],
      ["a secret that does not exist", { secret: "prod/none", optional: true }],
    ])("a role may not read what is not listed: %s", async (_, reference) => {
      const { status, stdout, stderr } = await start("function", { OTHER: reference });
      expect({ status, stdout: stdout.toString() }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toMatch(/ERROR OTHER .* is denied\..*\[AccessDenied:/);
    });

    it("a role without the statement for secrets may read none, and the message has what it takes", async () => {
      const { LEVEL: _, ...secrets } = listed;
      const { status, stdout, stderr } = await start("without-secrets", secrets);
      expect({ status, stdout: stdout.toString() }).toEqual({ status: 1, stdout: "" });
      for (const [subject, name] of Object.entries({
        TOKEN: "prod/token",
        PASSWORD: "prod/db",
        OPTIONAL: "prod/missing",
      }))
        expect(stderr).toMatch(
          new RegExp(`ERROR ${subject} .* is denied\\. Allow secretsmanager:GetSecretValue on \\S*:secret:${name}-`),
        );
    });

    it("a role without the statement for parameters may read none, and the message has what it takes", async () => {
      const { status, stdout, stderr } = await start("without-parameters", listed);
      expect({ status, stdout: stdout.toString() }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toMatch(/ERROR LEVEL .* is denied\. Allow ssm:GetParameters on \S*:parameter\/prod\/level /);
      expect(stderr).toContain("1 fault, listed above");
    });
  });

  it.each([
    ["function", "/prod/level", "allowed"],
    ["function", "/prod/level-other", "implicitDeny"],
    ["function", "/prod/lev", "implicitDeny"],
    ["function", "/prod", "implicitDeny"],
    ["without-parameters", "/prod/level", "implicitDeny"],
    ["without-secrets", "/prod/level", "allowed"],
  ] as const)("the policy of the role %s for the parameter %s says: %s", async (role, name, decision) => {
    const resource = `arn:aws:ssm:eu-west-1:000000000000:parameter${name}`;
    expect(await aws.simulate(role, "ssm:GetParameters", resource)).toBe(decision);
  });
});

const STORED = {
  "prod/token": "token-value",
  "prod/tok": "other",
  "prod/other": "other",
  "prod/db": '{"password":"password-value"}',
  "prod/db-other": "other",
  "prod/app": '{"mode":"live"}',
  "prod/by-arn": "arn-value",
};

/** Beside the function's role, one for each statement of its policy, which lacks that. */
function configuration(arn: string): string {
  return `
resource "aws_iam_role" "all" {
  for_each = toset(${JSON.stringify(ROLES)})

  name = each.key
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::000000000000:root" } }]
  })
}

module "secrets" {
  source    = "./module"
  layer_arn = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"
  role_name = aws_iam_role.all["function"].name

  secrets = {
    TOKEN    = "prod/token"
    PASSWORD = "prod/db:password"
    ARN      = "${arn}"
    "APP_*"  = "prod/app"
    OPTIONAL = { secret = "prod/missing", optional = true }
    FALLBACK = { secret = "prod/missing-too:key", default = "none" }
    LEVEL    = "ssm:/prod/level"
  }
}

resource "aws_iam_role_policy" "less" {
  for_each = {
    without-secrets    = "secretsmanager:GetSecretValue"
    without-parameters = "ssm:GetParameters"
  }

  role = aws_iam_role.all[each.key].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in module.secrets.policy_statements : statement if statement.Action != each.value]
  })
}

output "environment_variables" {
  value = module.secrets.environment_variables
}
`;
}
