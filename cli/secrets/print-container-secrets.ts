import { quote } from "../../core/fault/fault.ts";
import { mergeSecrets } from "./merge-secrets.ts";
import { printSecrets } from "./print-secrets.ts";
import { type Container, readContainers } from "./task-definition.ts";
import { isUsableName } from "./usable-name.ts";

/** Prints the secrets of a task definition's containers, or of one, as SECRETS. */
export async function printContainerSecrets(file: string, container?: string): Promise<void> {
  const all = readContainers(file);
  const containers = all.filter(({ name }) => container === undefined || name === container);
  if (containers.length === 0) {
    throw new Error(
      `There is no container ${quote(container ?? "")}, but ${all.map(({ name }) => quote(name)).join(", ")}.`,
    );
  }
  containers.forEach(noteIgnored);
  const references = new Map([...mergeSecrets(containers)].filter(([name]) => isUsableName(name)));
  if (references.size === 0)
    throw new Error(`${file} has no secrets for variables: look for "secrets" in its containers.`);
  await printSecrets(references);
}

/** What ECS itself uses, and the container's program does not see. */
function noteIgnored({ name, repositoryCredentials, logConfiguration }: Container): void {
  const ignored = [
    ...(repositoryCredentials ? ["repositoryCredentials"] : []),
    ...(logConfiguration?.secretOptions?.length ? ["logConfiguration.secretOptions"] : []),
  ];
  for (const option of ignored)
    console.error(`${option} of the container ${quote(name)} is left out: it is for ECS itself.`);
}
