import { Command } from "commander";

/** `run`: a command with the secrets in its environment. */
export function runCommand(): Command {
  return (
    new Command("run")
      .description("run a command with the secrets in its environment")
      .usage("[options] -- COMMAND...")
      .argument("<command...>", "the command with its arguments")
      .option("--secrets <file>", "a JSON or YAML file of entries, in place of SECRETS and SECRETS_FILE")
      // What follows the command's name is the command's.
      .passThroughOptions()
      .addHelpText("after", MORE)
      .action(async (argv: [string, ...string[]], { secrets }: { secrets?: string }) => {
        // Loaded only here: it has the SDK.
        const { startCommand } = await import("../local/start-command.ts");
        process.exit(await startCommand(argv, secrets));
      })
  );
}

const MORE = `
The entries are those of SECRETS or SECRETS_FILE, as in the function. The calls use the
credentials and the Region of AWS's tools: AWS_PROFILE, single sign-on, variables. Files
of entries are written under the system's temporary folder.

Exit status: the command's, or
  125  it was not started: the log says why
  126  it is not executable
  127  it was not found`;
