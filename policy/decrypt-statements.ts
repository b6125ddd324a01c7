import type { Statement } from "./policy-statements.ts";
import { type Place, type ReadEntry, type Resource, resourcesOf } from "./resources.ts";

/**
 * The statements for customer managed keys, given by ARN, equal to the Terraform module's: only through the service,
 * and only for what entries read. `dnsSuffix` is the partition's, such as amazonaws.com.
 */
export function decryptStatements(
  entries: ReadEntry[],
  place: Place & { dnsSuffix: string },
  keyArns: string[],
): Statement[] {
  if (keyArns.length === 0) return [];
  const { secrets, parameters, paths } = resourcesOf(entries, place);
  const encrypted = [...secrets, ...parameters, ...paths.map(underPath)].filter((resource) => resource.encrypted);
  return firstOfEachOwner(encrypted).map(({ service, region, owner }) => {
    const context = `kms:EncryptionContext:${service === "ssm" ? "PARAMETER_ARN" : "SecretARN"}`;
    const names = encrypted.filter((resource) => resource.owner === owner).map(({ name }) => `*:${name}`);
    return {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: keyArns,
      Condition: {
        StringEquals: { "kms:ViaService": `${service}.${region}.${place.dnsSuffix}` },
        ArnLike: { [context]: `${owner}*` },
        StringLike: { [context]: names },
      },
    };
  });
}

function underPath(path: Resource): Resource {
  return { ...path, name: `${path.name.replace(/\/$/, "")}/*` };
}

function firstOfEachOwner(resources: Resource[]): Resource[] {
  const byOwner = new Map(resources.map((resource) => [resource.owner, resource]));
  return [...byOwner.values()].sort((one, other) => (one.owner < other.owner ? -1 : 1));
}
