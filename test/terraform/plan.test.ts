import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { awsEnv, type Moto, startMoto } from "../support/moto.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { copyOfTerraform, missingProvider, terraform, terraformOutput } from "../support/terraform.ts";

// What a plan knows, and in what order it changes things: Terraform's own tests cannot say either.

jest.setTimeout(400_000);

describeUnless(missingProgram(["python3"]) ?? missingProvider(), "a plan with the module", () => {
  let moto: Moto;
  let folder: string;
  beforeAll(async () => {
    moto = await startMoto();
    folder = mkdtempSync(join(tmpdir(), "terraform-plan-"));
    copyOfTerraform(join(folder, "module"));
  });
  afterAll(() => {
    moto.stop();
    rmSync(folder, { recursive: true });
  });

  it("knows what it has to, whatever is known only after apply", async () => {
    writeFileSync(join(folder, "main.tf"), LATER);
    const { resource_changes: changes, planned_values: planned } = await plan();
    const addresses = changes.map(({ address }) => address);
    expect(addresses).toContain("aws_iam_role_policy.later[0]");
    expect(addresses).toContain("module.attached.aws_iam_role_policy.this[0]");
    expect(JSON.parse(String(planned.outputs.merged?.value)).Statement).toHaveLength(2);
    expect(planned.outputs.waiting?.value).toContain(
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/a-??????",
    );
  });

  it("checks an ECS list entry by entry, whatever is known only after apply", async () => {
    writeFileSync(join(folder, "main.tf"), ECS);
    await terraformOutput(folder, ["init"], awsEnv(moto.url));
    const { status, stderr } = await terraform(folder, ["plan", "-no-color"], awsEnv(moto.url));
    expect(status).toBe(1);
    expect(stderr).toMatch(/AWS_REGION: Lambda reserves this name\..*\[ReservedName\]/s);
    expect(stderr.match(/^Error: /gm)).toHaveLength(1);
  });

  it("says what is known to be wrong, whatever of the same entry or another is known only after apply", async () => {
    writeFileSync(join(folder, "main.tf"), FAULTS);
    await terraformOutput(folder, ["init"], awsEnv(moto.url));
    const { status, stderr } = await terraform(folder, ["plan", "-no-color"], awsEnv(moto.url));
    expect(status).toBe(1);
    expect(faultsIn(stderr)).toEqual([
      "AWS_REGION: Lambda reserves this name.",
      'B (from "x"): the option "optional" must be a boolean, not a string.',
      "D: another entry also uses the file /tmp/secrets-wrapper/f.",
    ]);
  });

  it("checks at apply what is known only then", async () => {
    writeFileSync(join(folder, "main.tf"), WRONG_LATER);
    await terraformOutput(folder, ["init"], awsEnv(moto.url));
    const { status, stdout, stderr } = await terraform(
      folder,
      ["apply", "-no-color", "-auto-approve"],
      awsEnv(moto.url),
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining("later: Creation complete") });
    expect(faultsIn(stderr)).toEqual([
      'A (from "prod/*"): the name is not a valid secret name.',
      "C: another entry also uses the file /tmp/secrets-wrapper/prod/*.",
    ]);
    await terraformOutput(folder, ["destroy", "-auto-approve"], awsEnv(moto.url));
  });

  it("drops nulls, also those of a module around it, and those that are known only after apply", async () => {
    writeFileSync(join(folder, "main.tf"), NULLS);
    mkdirSync(join(folder, "around"), { recursive: true });
    writeFileSync(join(folder, "around", "main.tf"), AROUND);
    const { planned_values: planned } = await plan();
    expect(planned.outputs.around?.value).toEqual({ DB: { secret: "prod/db" }, TLS: { secret: "x", file: "f" } });
    expect(planned.outputs.has_policy?.value).toBe(true);
    await terraformOutput(folder, ["apply", "-auto-approve"], awsEnv(moto.url));
    const later = JSON.parse(await terraformOutput(folder, ["output", "-json", "later"], awsEnv(moto.url)));
    expect(JSON.parse(later.variables.SECRETS)).toEqual({ A: "prod/a", C: { secret: "prod/c" } });
    expect(later.arns).toEqual(["prod/a", "prod/c"].map((name) => `${PREFIX}${name}-??????`));
    await terraformOutput(folder, ["destroy", "-auto-approve"], awsEnv(moto.url));
  });

  it("refuses the nulls of a file, which the function would refuse", async () => {
    writeFileSync(join(folder, "main.tf"), NULLS_OF_A_FILE);
    await terraformOutput(folder, ["init"], awsEnv(moto.url));
    const { stderr } = await terraform(folder, ["plan", "-no-color"], awsEnv(moto.url));
    expect(faultsIn(stderr)).toEqual([
      "A: a reference must be a string or an object, not null.",
      'B (from "x"): the option "key" must be a non-empty string, not null.',
    ]);
  });

  it("creates a role's policy of another name before it deletes the old one", async () => {
    writeFileSync(join(folder, "main.tf"), renamed("old"));
    await terraformOutput(folder, ["init"], awsEnv(moto.url));
    await terraformOutput(folder, ["apply", "-auto-approve"], awsEnv(moto.url));
    writeFileSync(join(folder, "main.tf"), renamed("new"));
    const { resource_changes: changes } = await plan();
    const policy = changes.find(({ address }) => address === "module.secrets.aws_iam_role_policy.this[0]");
    expect(policy?.change.actions).toEqual(["create", "delete"]);
    await terraformOutput(folder, ["destroy", "-auto-approve"], awsEnv(moto.url));
  });

  async function plan(): Promise<Plan> {
    const env = awsEnv(moto.url);
    await terraformOutput(folder, ["init"], env);
    const { status, stderr } = await terraform(folder, ["plan", "-no-color", "-out=plan"], env);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    return JSON.parse(await terraformOutput(folder, ["show", "-json", "plan"], env));
  }
});

/** Subject and cause of each fault that Terraform prints, which it wraps. */
function faultsIn(stderr: string): string[] {
  return stderr
    .replace(/\n\nThis was checked by.*/gs, "")
    .split(/^\S+ failed\n|\n\n/m)
    .filter((text) => /\[\w+\]\s*$/.test(text))
    .flatMap((text) =>
      text
        .trim()
        .replace(/(?<!\])\n/g, " ")
        .split("\n"),
    )
    .map((line) => /^.*?: .*?\.(?= )/.exec(line)?.[0] ?? line);
}

const PREFIX = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:";

/** For all that Terraform knows, `output` may be null. */
const UNKNOWN = `
resource "terraform_data" "id" {}

resource "terraform_data" "later" {
  input = terraform_data.id.id
}
`;

const FAULTS = `${UNKNOWN}
module "map" {
  source = "./module/modules/references"
  secrets = {
    AWS_REGION = terraform_data.later.output
    B          = { secret = "x", optional = "yes" }
    C          = { secret = terraform_data.later.output, file = "f" }
    D          = { secret = "x", file = "f" }
    E          = terraform_data.later.output
    F          = { secret = "x", key = terraform_data.later.output }
  }
}
`;

const WRONG_LATER = `
resource "terraform_data" "later" {
  input = "prod/*"
}

module "references" {
  source = "./module/modules/references"
  secrets = {
    A = terraform_data.later.output
    B = { secret = "x", file = terraform_data.later.output }
    C = { secret = "x", file = terraform_data.later.output }
  }
}
`;

const MODULE = `
  layer_arn  = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"
  region     = "eu-west-1"
  account_id = "111122223333"
  partition  = "aws"
`;

const NULLS = `${UNKNOWN}
module "around" {
  source  = "./around"
  secrets = { DB = { secret = "prod/db" }, TLS = { secret = "x", file = "f" }, NONE = null }
}

module "later" {
  source = "./module"
  secrets = {
    A = "prod/a"
    B = terraform_data.later.output == "x" ? "prod/b" : null
    C = { secret = "prod/c", key = terraform_data.later.output == "x" ? "key" : null }
  }
  ${MODULE}
}

output "around" {
  value = jsondecode(module.around.variables.SECRETS)
}

output "has_policy" {
  value = module.later.has_policy
}

output "later" {
  value = { variables = module.later.environment_variables, arns = module.later.secret_arns }
}
`;

const AROUND = `
variable "secrets" {
  type = map(object({
    secret   = optional(string)
    key      = optional(string)
    optional = optional(bool)
    file     = optional(string)
  }))
}

module "secrets" {
  source  = "../module"
  secrets = var.secrets
  ${MODULE}
}

output "variables" {
  value = module.secrets.environment_variables
}
`;

const NULLS_OF_A_FILE = `
module "secrets" {
  source       = "./module"
  secrets      = jsondecode("{\\"A\\":null,\\"B\\":{\\"secret\\":\\"x\\",\\"key\\":null}}")
  secrets_file = "secrets.json"
  ${MODULE}
}
`;

const ECS = `
resource "terraform_data" "later" {}

module "references" {
  source  = "./module/modules/references"
  secrets = [{ name = "DB", valueFrom = terraform_data.later.id }, { name = "AWS_REGION", valueFrom = "/prod/x" }]
}
`;

/** Of what `terraform show -json` prints. */
type Plan = {
  resource_changes: { address: string; change: { actions: string[] } }[];
  planned_values: { outputs: Record<string, { value?: unknown }> };
};

function renamed(name: string): string {
  return `
resource "aws_iam_role" "function" {
  name               = "function"
  assume_role_policy = "{}"
}

module "secrets" {
  source    = "./module"
  name      = "${name}"
  layer_arn = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"
  role_name = aws_iam_role.function.name
  secrets   = { A = "prod/a" }
}
`;
}

const LATER = `
locals {
  layer_arn = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"
}

resource "aws_secretsmanager_secret" "later" {
  name = "later"
}

module "later" {
  source    = "./module"
  layer_arn = local.layer_arn
  secrets   = { A = aws_secretsmanager_secret.later.arn }
}

resource "aws_iam_role_policy" "later" {
  count  = module.later.has_policy ? 1 : 0
  role   = "function"
  policy = module.later.policy_json
}

module "one" {
  source    = "./module"
  layer_arn = local.layer_arn
  secrets   = { A = "prod/a" }
}

module "other" {
  source    = "./module"
  layer_arn = local.layer_arn
  secrets   = { B = "prod/b" }
}

resource "aws_iam_role" "later" {
  name_prefix        = "later"
  assume_role_policy = "{}"
}

module "attached" {
  source        = "./module"
  layer_arn     = local.layer_arn
  secrets       = { A = "prod/a" }
  role_name     = aws_iam_role.later.name
  attach_policy = true
}

module "waiting" {
  source     = "./module"
  layer_arn  = local.layer_arn
  secrets    = { A = "prod/a" }
  region     = "eu-west-1"
  account_id = "111122223333"
  partition  = "aws"

  depends_on = [aws_secretsmanager_secret.later]
}

output "waiting" {
  value = module.waiting.policy_json
}

data "aws_iam_policy_document" "merged" {
  source_policy_documents = [module.one.policy_json, module.other.policy_json]
}

output "merged" {
  value = data.aws_iam_policy_document.merged.json
}
`;
