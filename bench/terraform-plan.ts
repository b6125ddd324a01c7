// Usage: npx tsx bench/terraform-plan.ts. Needs Terraform with the AWS provider, and GNU time.
//
// Prints what `terraform plan` costs with many calls of the module: each with its own module block, or one for all.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { awsEnv } from "../test/support/moto.ts";
import { copyOfTerraform, missingProvider, terraformEnv, terraformOutput } from "../test/support/terraform.ts";

const CASES = [
  { name: "no module", text: configuration(0, 0) },
  { name: "20 × 10", text: configuration(20, 10) },
  { name: "100 × 10", text: configuration(100, 10) },
  { name: "300 × 3", text: configuration(300, 3) },
  { name: "300 × 3, one call with `for_each`", text: forEach(300, 3) },
];
/** Nobody's account is asked: the module is told Region, account and partition. */
const NOWHERE = awsEnv("http://127.0.0.1:9");

const PROVIDER = `
provider "aws" {
  skip_credentials_validation = true
  skip_requesting_account_id  = true
}
`;

const missing = missingProvider();
if (missing) throw new Error(missing);
const folder = mkdtempSync(join(tmpdir(), "terraform-bench-"));
try {
  copyOfTerraform(join(folder, "module"));
  console.log("| Calls × entries | Wall | Processor | Memory | Plan | State |\n|---|---|---|---|---|---|");
  for (const { name, text } of CASES) console.log(await measure(name, text));
} finally {
  rmSync(folder, { recursive: true });
}

async function measure(name: string, text: string): Promise<string> {
  writeFileSync(join(folder, "main.tf"), `${PROVIDER}${text}`);
  await terraformOutput(folder, ["init"], NOWHERE);
  const [wall, user = 0, system = 0, kilobytes = 0] = timed(["plan", "-out=plan", "-refresh=false"]);
  const planBytes = statSync(join(folder, "plan")).size;
  await terraformOutput(folder, ["apply", "plan"], NOWHERE);
  const stateBytes = statSync(join(folder, "terraform.tfstate")).size;
  rmSync(join(folder, "terraform.tfstate"));
  const seconds = [wall, user + system].map((number) => `${number?.toFixed(1)} s`);
  const sizes = [kilobytes * 1024, planBytes, stateBytes].map(size);
  return `| ${[name, ...seconds, ...sizes].join(" | ")} |`;
}

/** Seconds by the clock, of the processor for the program and for its system calls, and kilobytes. */
function timed(args: string[]): number[] {
  const file = join(folder, "times");
  const { status, stderr } = spawnSync("time", ["-f", "%e %U %S %M", "-o", file, "terraform", ...args], {
    cwd: folder,
    env: terraformEnv(NOWHERE),
    encoding: "utf8",
    maxBuffer: 100 << 20,
  });
  if (status !== 0) throw new Error(`terraform ${args.join(" ")} has failed:\n${stderr}`);
  return readFileSync(file, "utf8").trim().split(" ").map(Number);
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function configuration(calls: number, entries: number): string {
  const modules = Array.from({ length: calls }, (_, call) => {
    const secrets = Array.from({ length: entries }, (_, entry) => `    KEY_${entry} = "prod/${call}/db:key-${entry}"`);
    return moduleWith(
      `secrets_${call}`,
      `\n  secrets = {\n${secrets.join("\n")}\n  }`,
      `module.secrets_${call}.policy_json`,
    );
  });
  return `${modules.join("")}\noutput "last" {\n  value = "${calls}"\n}\n`;
}

function forEach(calls: number, entries: number): string {
  const secrets = `{ for entry in range(${entries}) : "KEY_\${entry}" => "prod/\${call}/db:key-\${entry}" }`;
  const calling = `  for_each = { for call in range(${calls}) : call => ${secrets} }\n\n  secrets = each.value`;
  return moduleWith("secrets", calling, "values(module.secrets)[*].policy_json");
}

function moduleWith(name: string, content: string, policy: string): string {
  return `
module "${name}" {
  source     = "./module"
  layer_arn  = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"
  region     = "eu-west-1"
  account_id = "111122223333"
  partition  = "aws"
${content}
}

output "policy_${name}" {
  value = ${policy}
}
`;
}
