import { Command } from "commander";
import { checkRegion, matching } from "../matching.ts";
import type { PolicyOptions } from "../policy/print-policy.ts";

/** `policy`: the least IAM policy for SECRETS, as the Terraform module makes it. */
export function policyCommand(): Command {
  return new Command("policy")
    .description("print the least IAM policy for SECRETS, as JSON")
    .option("--secrets <file>", "a JSON or YAML file of entries, in place of SECRETS and SECRETS_FILE")
    .option("--region <region>", "Region of names (default: that of AWS's tools)", checkRegion)
    .option("--account <id>", "account of names (default: that of the credentials)", matching(ACCOUNT, "111122223333"))
    .option("--kms-key <arn>", "customer managed key that encrypts them; may be repeated", collectKeys, [])
    .addHelpText("after", MORE)
    .action(async (options: PolicyOptions) => {
      // Loaded only here: it has the SDK.
      const { printPolicy } = await import("../policy/print-policy.ts");
      await printPolicy(options);
    });
}

function collectKeys(arn: string, others: string[]): string[] {
  return [...others, checkKey(arn)];
}

const ACCOUNT = /^\d{12}$/;
const checkKey = matching(
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
  "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab; IAM takes no aliases",
);

const MORE = `
Region and account are for secrets and parameters that are given by name: an ARN has its own.
Without --account, the account is asked of AWS (sts:GetCallerIdentity, which needs no
permission), with the credentials of AWS's tools: AWS_PROFILE, single sign-on, variables.
Both are then named on standard error. Nothing else is asked, and no secret is read.`;
