import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blocksIn, readDocument } from "../support/documents.ts";
import { awsEnv } from "../support/moto.ts";
import { describeUnless } from "../support/needs.ts";
import { copyOfTerraform, missingProvider, terraformOutput } from "../support/terraform.ts";

jest.setTimeout(400_000);

type Statement = { Effect: string; Action: string; Resource: string | string[]; Condition?: object };
type Policy = { Version: string; Statement: Statement[] };

const PAGE = readDocument("docs", "iam.md");

/** Under each heading with SECRETS in backticks below it: the first policy. */
const CASES = PAGE.split(/^## /m).flatMap((section) => {
  const [, title = "", secrets = "", policy = ""] =
    /^([^\n]*)\n\n`(\{[^`]*)`.*?^```json\n(.*?)^```$/ms.exec(section) ?? [];
  return title ? [{ title, secrets: JSON.parse(secrets), policy: withLists(JSON.parse(policy)) }] : [];
});

describeUnless(missingProvider(), "docs/iam.md has the policy that the module makes of", () => {
  let folder: string;
  let planned: Record<string, { value: string }>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "terraform-iam-"));
    copyOfTerraform(join(folder, "module"));
    writeFileSync(join(folder, "main.tf"), PROVIDER + CASES.map(configuration).join(""));
    // Nobody's account is asked: the module is told Region, account and partition.
    const env = awsEnv("http://127.0.0.1:9");
    await terraformOutput(folder, ["init"], env);
    await terraformOutput(folder, ["plan", "-out=plan"], env);
    planned = JSON.parse(await terraformOutput(folder, ["show", "-json", "plan"], env)).planned_values.outputs;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(CASES.map((known, index) => ({ ...known, index })))("$title", ({ policy, index }) => {
    expect(withLists(JSON.parse(planned[`policy_${index}`]?.value ?? ""))).toEqual(policy);
  });
});

it("docs/iam.md has seven cases, each with SECRETS and a policy", () => {
  expect(CASES.map(({ policy }) => policy.Statement.length)).toEqual([1, 1, 1, 1, 1, 4, 1]);
});

it.each(blocksIn(PAGE, "json"))("docs/iam.md has statements that are complete: %s", (block) => {
  const { Statement = [JSON.parse(block)] } = JSON.parse(block);
  for (const { Effect, Action, Resource } of Statement)
    expect({ Effect, Action, Resource }).toEqual({
      Effect: "Allow",
      Action: expect.anything(),
      Resource: expect.anything(),
    });
});

/** To IAM one resource is the same as a list of one. */
function withLists({ Statement, ...policy }: Policy): Policy {
  return { ...policy, Statement: Statement.map((statement) => deepLists(statement) as Statement) };
}

function deepLists(value: unknown): unknown {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, deepLists(inner)]));
}

function configuration({ secrets, policy }: (typeof CASES)[number], index: number): string {
  const keys = new Set(policy.Statement.flatMap(({ Resource }) => Resource).filter((arn) => arn.includes(":kms:")));
  return `
module "case_${index}" {
  source       = "./module"
  layer_arn    = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"
  region       = "eu-west-1"
  account_id   = "111122223333"
  partition    = "aws"
  secrets      = ${JSON.stringify(secrets)}
  kms_key_arns = ${JSON.stringify([...keys])}
}

output "policy_${index}" {
  value = module.case_${index}.policy_json
}
`;
}

const PROVIDER = `
provider "aws" {
  skip_credentials_validation = true
  skip_requesting_account_id  = true
}
`;
