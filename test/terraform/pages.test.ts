import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blockOf, blocksIn, README, readDocument } from "../support/documents.ts";
import { describeUnless } from "../support/needs.ts";
import { oncePerSources } from "../support/once.ts";
import { copyOfTerraform, missingProvider, terraformOutput } from "../support/terraform.ts";

jest.setTimeout(400_000);

const [ALARM = "", PATTERN = ""] = blocksIn(readDocument("docs", "operating.md"), "hcl");
const [ENDPOINTS = ""] = blocksIn(readDocument("docs", "network.md"), "hcl");

const SOURCES = ["README.md", "docs/operating.md", "docs/network.md", "terraform", "test/terraform/pages.test.ts"];

describeUnless(missingProvider(), "Terraform", () => {
  it("takes what the README, docs/operating.md and docs/network.md show", () =>
    oncePerSources("terraform-pages", SOURCES, async () => {
      const folder = mkdtempSync(join(tmpdir(), "terraform-pages-"));
      copyOfTerraform(join(folder, "node_modules", "lambda-secrets-wrapper", "terraform"));
      writeFileSync(join(folder, "main.tf"), configuration());
      await terraformOutput(folder, ["init"]);
      const validated = JSON.parse(await terraformOutput(folder, ["validate", "-json"]));
      rmSync(folder, { recursive: true });
      expect(validated).toMatchObject({ valid: true, diagnostics: [] });
    }));
});

function configuration(): string {
  const blocks = [blockOf(README, "### Terraform", "hcl").replace("# …", FUNCTION), ROLE, ALARM, ENDPOINTS];
  const inJson = ALARM.split("\n\nresource")[0]
    ?.replace('"failed_starts"', '"json"')
    .replace(/pattern += .*/, PATTERN);
  const names = [...blocks.join("\n").matchAll(/\bvar\.(\w+)/g)].map(([, name = ""]) => name);
  const variables = [...new Set(names)].map((name) => `variable "${name}" {}`);
  return [...blocks, inJson, ...variables].join("\n");
}

const FUNCTION =
  'function_name = "my-function"\nrole = aws_iam_role.this.arn\nfilename = "function.zip"\nruntime = "python3.13"\nhandler = "app.handler"';
const ROLE = 'resource "aws_iam_role" "this" {\nname = "my-function"\nassume_role_policy = "{}"\n}';
