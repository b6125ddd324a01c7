import { toReference } from "../../core/config/ecs-list.ts";
import { quote } from "../../core/fault/fault.ts";
import type { Container } from "./task-definition.ts";

/** References by variable. Throws where containers differ in what a variable is. */
export function mergeSecrets(containers: Container[]): Map<string, string> {
  const found = containers.flatMap(({ name: container, secrets }) =>
    (secrets ?? []).map(({ name, valueFrom }) => ({ container, name, reference: toReference(valueFrom) })),
  );
  const references = new Map(found.map(({ name, reference }) => [name, reference]));
  const differing = new Set(
    found.filter(({ name, reference }) => references.get(name) !== reference).map(({ name }) => name),
  );
  if (differing.size === 0) return references;
  const lines = [...differing].map((variable) => {
    const owners = found.filter(({ name }) => name === variable).map(({ container }) => quote(container));
    return `${quote(variable)} is not the same in the containers ${[...new Set(owners)].join(", ")}.`;
  });
  throw new Error([...lines, "Take one container's secrets, with --container."].join("\n"));
}
