import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { readSettings } from "../../core/config/settings.ts";
import { checkName } from "../../core/config/variable-names.ts";
import type { Problem } from "../../core/fault/fault.ts";
import { ROOT } from "../../layer/paths.ts";
import { awsEnv, clientConfig, type Moto, startMoto } from "../support/moto.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { copyOfTerraform, missingProvider, terraform, terraformOutput } from "../support/terraform.ts";

jest.setTimeout(400_000);

const README = readFileSync(join(ROOT, "terraform", "README.md"), "utf8");
const BLOCKS = [...README.matchAll(/^```hcl\n(.*?)^```$/gms)].map(([, block = ""]) => block);
const PACKAGE = "node_modules/lambda-secrets-wrapper";
const LAYER = 'layer_arn = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"';

let moto: Moto;
let folder: string;

describeUnless(missingProgram(["python3"]) ?? missingProvider(), "the module's README", () => {
  beforeAll(async () => {
    moto = await startMoto();
    folder = mkdtempSync(join(tmpdir(), "terraform-readme-"));
    copyOfTerraform(join(folder, PACKAGE, "terraform"));
    for (const name of [`${PACKAGE}/dist`, "src", "lambda"]) mkdirSync(join(folder, name), { recursive: true });
    for (const name of [
      `${PACKAGE}/dist/secrets-wrapper-x86_64.zip`,
      `${PACKAGE}/dist/secrets-wrapper-arm64.zip`,
      `${PACKAGE}/dist/secrets-wrapper-live-x86_64.zip`,
      "secrets-wrapper-arm64.zip",
      "function.zip",
    ]) {
      writeFileSync(join(folder, name), "");
    }
    writeFileSync(join(folder, "src", "secrets.json"), '{"DB_PASSWORD": "prod/db:password"}');
    writeFileSync(join(folder, "lambda", "variables.tf"), COMMUNITY_MODULE);
  });
  afterAll(() => {
    moto.stop();
    rmSync(folder, { recursive: true });
  });

  it("has examples that can be planned", async () => {
    const secrets = blockWith("LICENSE     =");
    const nulls = blockWith("TRACING_KEY =");
    const type = blockWith('variable "secrets"');
    const file = blockWith("secrets_file =");
    const community = blockWith("terraform-aws-modules/lambda/aws");
    const attached = blockWith("module.secrets.has_policy ?").replace("aws_iam_role.this.id", '"function"');
    const merged = blockWith("concat(module.secrets.policy_statements");
    const rotation = blockWith("last_changed_date");
    const each = blockWith("for_each");
    const client = new SecretsManagerClient(clientConfig(moto.url));
    await client.send(new CreateSecretCommand({ Name: "prod/db" }));
    const { status, stdout } = await plan(
      [
        moduleWith("secrets", `${secrets}\n${LAYER}`),
        'resource "aws_secretsmanager_secret" "db" { name = "prod/new" }',
        moduleWith("nulls", `${nulls}\n${LAYER}`),
        'variable "tracing" { default = false }\nvariable "tls_key_mode" { default = null }',
        moduleWith("typed", `secrets = var.secrets\n${LAYER}`),
        type.replace("type =", 'default = { A = { secret = "prod/a" } }\n  type ='),
        moduleWith("file", `${file}\n${LAYER}`),
        moduleWith("arn", blockWith("layer_arn =") + blockWith("account_id =")),
        moduleWith("zip", blockWith("layer_zip ")),
        blockWith("live       = true").replace('"secrets"', '"live"').replace("# …", 'secrets = { A = "x" }'),
        blockWith("organization_id").replace('"secrets"', '"published"').replace("# …", ""),
        community.replace("terraform-aws-modules/lambda/aws", "./lambda"),
        attached,
        moduleWith("more_secrets", `secrets = { C = "prod/c" }\n${LAYER}`),
        `resource "aws_iam_role_policy" "merged" {\nrole = "function"\n${merged}\n}`,
        rotation.replace('"secrets"', '"rotating"').replace("# …", LAYER),
        each.replace('"secrets"', '"each"').replace("# …", LAYER),
        'locals { functions = { orders = { DB_PASSWORD = "prod/orders:password" } } }',
      ].join("\n"),
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: expect.stringContaining("Plan: 10 to add") });
  });

  it("shows faults as a plan does, all at once, whatever is known only after apply", async () => {
    const wrong =
      '{ B = "y:z:::1", AWS_REGION = "x", LATER = aws_secretsmanager_secret.db.arn, F = { secret = aws_secretsmanager_secret.db.arn, file = "f" }, G = { secret = "x", file = "f" } }';
    const { status, stderr } = await plan(
      [
        moduleWith("secrets", `secrets = ${wrong}\n${LAYER}`),
        'resource "aws_secretsmanager_secret" "db" { name = "prod/new" }',
      ].join("\n"),
    );
    expect(status).toBe(1);
    const [, shown = ""] = /^```\n(B \(from .*?)^```$/ms.exec(README) ?? [];
    const said = stderr.replace(/[\s│]+/g, " ");
    expect(shown.trim().split("\n")).toHaveLength(2);
    expect(said).toContain("G: another entry also uses the file /tmp/secrets-wrapper/f. Give each entry its own path.");
    for (const line of shown.trim().split("\n")) expect(said).toContain(line.replace(/ …$/, ""));
  });

  it("says what is wrong with sensitive variables, without a value", async () => {
    const variables = `sensitive({ A = "${"value".repeat(1000)}" })`;
    const { stderr } = await plan(
      moduleWith("secrets", `secrets = { A = "x" }\nenvironment_variables = ${variables}\n${LAYER}`),
    );
    expect(stderr).toContain("would replace A.");
    expect(stderr).toContain("variables are 5075 bytes");
    expect(stderr).not.toContain("value".repeat(10));
  });

  it("refuses names and settings with the words of the function's start, and shows no sensitive value", async () => {
    const variables = '{ AWS_REGION = "x", SECRETS_TIMEOUT = "5s", SECRETS_LOG_LEVEL = sensitive("s3cret") }';
    const { stderr } = await plan(moduleWith("secrets", `environment_variables = ${variables}\n${LAYER}`));
    const said = stderr.replace(/[\s│]+/g, " ");
    const { faults } = readSettings({ SECRETS_TIMEOUT: "5s" });
    for (const { subject, code, cause, remedy } of [...faults, { subject: "AWS_REGION", ...reserved() }])
      expect(said).toContain(`environment_variables: ${subject}: ${cause}. ${remedy} [${code}]`);
    expect(said).toContain("environment_variables: SECRETS_LOG_LEVEL: the value is not one of TRACE, ");
    expect(said).not.toContain("s3cret");
  });

  it("begins every message with the label, else with the role's name", async () => {
    const wrong = `secrets = { A = "x", B = "y:z:::1", "P_*" = "ssm:/" }\nenvironment_variables = { A = "1" }`;
    const { stderr } = await plan(
      [
        moduleWith("labelled", `label = "orders"\nrole_name = "role"\n${wrong}\n${LAYER}`),
        moduleWith("of_role", `role_name = "billing"\n${wrong}`),
        moduleWith("invalid", `label = "shop"\narchitecture = "arm"\n${LAYER}`),
      ].join("\n"),
    );
    const said = stderr.replace(/[\s│]+/g, " ");
    for (const label of ["orders", "billing"])
      expect(said).toContain(`${label}: B (from "y:z:::1"): the reference has too many colons.`);
    expect(said).toContain("shop: architecture must be");
  });

  it("has mocks and an override with which a user's own tests pass", async () => {
    await configure(blockWith('resource "aws_lambda_function"'));
    const mocked = blockWith('mock_provider "aws"');
    const [provider = ""] = mocked.split("run ");
    const overridden = `run "overridden" {\n${blockWith("override_module")}\nassert {\n${NO_POLICY}\n}\n}`;
    writeFileSync(join(folder, "mocked.tftest.hcl"), mocked);
    writeFileSync(join(folder, "overridden.tftest.hcl"), provider + overridden);
    const { status, stdout } = await terraform(folder, ["test", "-no-color"], awsEnv(moto.url));
    for (const name of ["mocked", "overridden"]) rmSync(join(folder, `${name}.tftest.hcl`));
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("2 passed, 0 failed.") });
  });

  it("lets what takes the variables wait for the permission", async () => {
    await configure(
      [
        moduleWith("secrets", `secrets = { A = "x" }\nrole_name = "my-function"\n${LAYER}`),
        'resource "terraform_data" "function" { input = module.secrets.environment_variables }',
      ].join("\n"),
    );
    expect(await terraformOutput(folder, ["graph"], awsEnv(moto.url))).toContain(
      '"terraform_data.function" -> "module.secrets.aws_iam_role_policy.this"',
    );
  });

  it("finds a wrong entry that is known only after apply before anything is made of it", async () => {
    const later = 'resource "terraform_data" "later" { input = "prod/*" }';
    const secrets = "secrets = { A = terraform_data.later.output }";
    await configure([later, moduleWith("secrets", `${secrets}\nrole_name = "my-function"\n${LAYER}`)].join("\n"));
    const { status, stderr, stdout } = await terraform(
      folder,
      ["apply", "-auto-approve", "-no-color"],
      awsEnv(moto.url),
    );
    expect(status).toBe(1);
    expect(stderr.replace(/\s+/g, " ")).toContain('A (from "prod/*"): the name is not a valid secret name.');
    expect(stdout).toContain("aws_iam_role_policy.this[0] will be created");
    expect(stdout).not.toContain("aws_iam_role_policy.this[0]: Creating");
  });
});

function reserved(): Problem {
  const checked = checkName("AWS_REGION");
  if (checked.ok) throw new Error("Lambda reserves AWS_REGION");
  return checked.error;
}

/** The one block of the README with these words. */
function blockWith(words: string): string {
  const found = BLOCKS.filter((block) => block.includes(words));
  expect([words, found.length]).toEqual([words, 1]);
  return found[0] ?? "";
}

/** Status 2: there is something to make. */
async function plan(configuration: string) {
  await configure(configuration);
  return terraform(folder, ["plan", "-detailed-exitcode", "-no-color"], awsEnv(moto.url));
}

async function configure(configuration: string): Promise<void> {
  writeFileSync(join(folder, "main.tf"), configuration);
  await terraformOutput(folder, ["init"], awsEnv(moto.url));
}

function moduleWith(name: string, content = ""): string {
  return `module "${name}" {\n  source = "./${PACKAGE}/terraform"\n${content}\n}`;
}

const NO_POLICY = 'condition = module.secrets.has_policy == false\nerror_message = "there is a policy"';

/** The inputs of the community's module that are used, with its types. */
const COMMUNITY_MODULE = `
variable "function_name" { type = string }
variable "layers" { type = list(string) }
variable "environment_variables" { type = map(string) }
variable "attach_policy_json" { type = bool }
variable "policy_json" { type = string }
`;
