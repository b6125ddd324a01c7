import { Command } from "commander";

/** `from-env`: a first SECRETS for the variables of a dotenv file. */
export function fromEnvCommand(): Command {
  return new Command("from-env")
    .description("print a first SECRETS for a dotenv file")
    .argument("<file>", "the file, such as .env.example; its values are not used")
    .option("--prefix <prefix>", "what the secrets' names begin with", "prod/app/")
    .option("--separate", "a secret for each variable, in place of one with a JSON key for each", false)
    .addHelpText("after", "\nAll its variables are in it: remove those that are no secret.")
    .action(async (file: string, options: { prefix: string; separate: boolean }) => {
      const { printEnvNames } = await import("../secrets/print-env-names.ts");
      await printEnvNames(file, options);
    });
}
