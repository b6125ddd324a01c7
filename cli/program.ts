import { Command, type CommanderError } from "commander";
import { VERSION } from "../core/host/version.ts";
import { checkCommand } from "./commands/check.ts";
import { fromEcsCommand } from "./commands/from-ecs.ts";
import { fromEnvCommand } from "./commands/from-env.ts";
import { layerCommand } from "./commands/layer.ts";
import { policyCommand } from "./commands/policy.ts";
import { publishCommand } from "./commands/publish.ts";
import { runCommand } from "./commands/run.ts";

/** The command line with all commands. A mistake in it ends the process with status 2. */
export function createProgram(): Command {
  const program = new Command("lambda-secrets-wrapper")
    .description("AWS Secrets Manager and Parameter Store as plain environment variables.")
    .version(VERSION, "--version", "show the version")
    .helpOption("-h, --help", "show this text, or that of a command")
    .helpCommand(false)
    .showHelpAfterError("(--help shows the options.)")
    // `run` passes on all options that follow its command.
    .enablePositionalOptions()
    .exitOverride(exit);
  for (const command of COMMANDS.map((create) => create())) {
    program.addCommand(command.copyInheritedSettings(program).helpOption("-h, --help", "show this text"));
  }
  return program;
}

/** Commander's own status for a mistake is 1, which is a failure's. */
function exit({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? 0 : WRONG_USAGE);
}

const WRONG_USAGE = 2;

const COMMANDS = [
  runCommand,
  checkCommand,
  policyCommand,
  fromEcsCommand,
  fromEnvCommand,
  layerCommand,
  publishCommand,
];
