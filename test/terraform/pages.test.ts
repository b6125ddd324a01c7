import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blockOf, blocksIn, README, readDocument } from "../support/documents.ts";
import { describeUnless } from "../support/needs.ts";
import { copyOfTerraform, missingProvider, terraformOutput } from "../support/terraform.ts";

jest.setTimeout(400_000);

const [ALARM = "", PATTERN = ""] = blocksIn(readDocument("docs", "operating.md"), "hcl");
const [ENDPOINTS = ""] = blocksIn(readDocument("docs", "network.md"), "hcl");

describeUnless(missingProvider(), "Terraform", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "terraform-pages-"));
    copyOfTerraform(join(folder, "node_modules", "lambda-secrets-wrapper", "terraform"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("takes what the README, docs/operating.md and docs/network.md show", async () => {
    const blocks = [blockOf(README, "### Terraform", "hcl").replace("# …", FUNCTION), ROLE, ALARM, ENDPOINTS];
    const inJson = `resource "aws_cloudwatch_log_metric_filter" "json" {\nname = "json"\nlog_group_name = "json"\n${PATTERN}`;
    const transformation = /\n {2}metric_transformation \{.*?\n {2}\}\n/s.exec(ALARM)?.[0];
    const names = [...blocks.join("\n").matchAll(/\bvar\.(\w+)/g)].map(([, name = ""]) => name);
    const variables = [...new Set(names)].map((name) => `variable "${name}" {}`);
    writeFileSync(join(folder, "main.tf"), [...blocks, `${inJson}${transformation}}`, ...variables].join("\n"));
    await terraformOutput(folder, ["init"]);
    expect(JSON.parse(await terraformOutput(folder, ["validate", "-json"]))).toMatchObject({
      valid: true,
      diagnostics: [],
    });
  });
});

const FUNCTION =
  'function_name = "my-function"\nrole = aws_iam_role.this.arn\nfilename = "function.zip"\nruntime = "python3.13"\nhandler = "app.handler"';
const ROLE = 'resource "aws_iam_role" "this" {\nname = "my-function"\nassume_role_policy = "{}"\n}';
