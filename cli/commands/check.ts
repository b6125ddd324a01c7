import { Command } from "commander";

type CheckOptions = { secrets?: string; json: boolean };

/** `check`: what a function with these entries would find. */
export function checkCommand(): Command {
  return new Command("check")
    .description("show what each entry finds, without its value")
    .option("--secrets <file>", "a JSON or YAML file of entries, in place of SECRETS and SECRETS_FILE")
    .option("--json", "as JSON", false)
    .addHelpText("after", MORE)
    .action(async ({ secrets, json }: CheckOptions) => {
      // Loaded only here: it has the SDK.
      const { checkSecrets } = await import("../local/check-secrets.ts");
      process.exitCode = await checkSecrets(json ? "json" : "table", secrets);
    });
}

const MORE = `
The calls use your permissions and your network, not the function's: the credentials and
the Region of AWS's tools, which are AWS_PROFILE, single sign-on or variables.

Exit status: 0, or 1 if the function would not start.`;
