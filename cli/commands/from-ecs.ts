import { Command } from "commander";

/** `from-ecs`: the secrets of an ECS task definition as SECRETS. */
export function fromEcsCommand(): Command {
  return new Command("from-ecs")
    .description("print SECRETS for an ECS task definition")
    .argument("<file>", "the task definition, as `aws ecs describe-task-definition` prints it")
    .option("--container <name>", "the container whose secrets are taken (default: all)")
    .action(async (file: string, { container }: { container?: string }) => {
      // Loaded only here: it has zod.
      const { printContainerSecrets } = await import("../secrets/print-container-secrets.ts");
      await printContainerSecrets(file, container);
    });
}
