import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { decryptStatements } from "../../policy/decrypt-statements.ts";
import { policyStatements, type Statement } from "../../policy/policy-statements.ts";
import { findFaults, parseSecrets } from "../core/parse-secrets.ts";
import { GRAMMAR } from "../support/grammar.ts";
import { awsEnv } from "../support/moto.ts";
import { describeUnless } from "../support/needs.ts";
import { oncePerSources } from "../support/once.ts";
import { copyOfTerraform, missingProvider, terraformOutput } from "../support/terraform.ts";
import { readSecrets } from "./read-secrets.ts";

const SOURCES = ["core/config", "policy", "terraform", "test/cases/grammar.json", "test/policy"];
const KEYS = ["1234abcd-12ab-34cd-56ef-1234567890ab", "mrk-1234abcd12ab34cd56ef1234567890ab"].map(
  (id) => `arn:aws:kms:eu-west-1:111122223333:key/${id}`,
);
const IRELAND = { partition: "aws", region: "eu-west-1", account: "111122223333", dnsSuffix: "amazonaws.com" };
const BEIJING = { partition: "aws-cn", region: "cn-north-1", account: "444455556666", dnsSuffix: "amazonaws.com.cn" };

type Case = { secrets: unknown; place: typeof IRELAND };

describeUnless(missingProvider(), "the policy is the Terraform module's", () => {
  it("for every case of the grammar, and whatever else SECRETS says", async () => {
    await oncePerSources("policy", SOURCES, async () => {
      const valid = GRAMMAR.map(({ secrets }) => secrets).filter(isValid);
      expect(valid.length).toBeGreaterThan(GRAMMAR.length / 4);
      const cases = [
        ...valid.map((secrets) => ({ secrets, place: IRELAND })),
        ...fc.sample(readSecrets.filter(isValid), 40).map((secrets) => ({ secrets, place: BEIJING })),
      ];
      expect(await terraformPolicies(cases)).toEqual(cases.map(ownPolicy));
    });
  }, 300_000);
});

function isValid(secrets: unknown): boolean {
  return findFaults(JSON.stringify(secrets)).length === 0;
}

function ownPolicy({ secrets, place }: Case): Statement[] {
  const { entries } = parseSecrets(JSON.stringify(secrets));
  return [...policyStatements(entries, place), ...decryptStatements(entries, place, KEYS)];
}

async function terraformPolicies(cases: Case[]): Promise<Statement[][]> {
  const folder = mkdtempSync(join(tmpdir(), "terraform-policy-"));
  const env = awsEnv("http://127.0.0.1:9");
  copyOfTerraform(join(folder, "module"));
  writeFileSync(join(folder, "cases.json"), JSON.stringify({ ...cases }));
  writeFileSync(join(folder, "main.tf"), CONFIGURATION);
  await terraformOutput(folder, ["init"], env);
  await terraformOutput(folder, ["plan", "-out=plan"], env);
  const { planned_values } = JSON.parse(await terraformOutput(folder, ["show", "-json", "plan"], env));
  rmSync(folder, { recursive: true });
  return cases.map((_, index) => planned_values.outputs.policies.value[index]);
}

/** With one call of the module, as Terraform loads it for each. Nobody's account is asked. */
const CONFIGURATION = `
provider "aws" {
  skip_credentials_validation = true
  skip_requesting_account_id  = true
}

module "case" {
  source       = "./module"
  for_each     = jsondecode(file("cases.json"))
  layer_arn    = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"
  secrets      = each.value.secrets
  kms_key_arns = ${JSON.stringify(KEYS)}
  partition    = each.value.place.partition
  region       = each.value.place.region
  account_id   = each.value.place.account
}

output "policies" {
  value = { for index, case in module.case : index => case.policy_statements }
}
`;
