import type { Entry } from "../core/config/parse.ts";

/** What of an entry decides what it needs. */
export type ReadEntry = Pick<Entry, "subject" | "reference" | "optional" | "default">;

/** Where the secrets and parameters are that have a name and no ARN. Each may be a token of CloudFormation. */
export type Place = { partition: string; region: string; account: string };

/** A secret, parameter or path, as IAM names it. */
export type Resource = {
  service: "secretsmanager" | "ssm";
  region: string;
  /** Its ARN up to the last colon. */
  owner: string;
  /** The rest of its ARN. */
  name: string;
  /** Whether Parameter Store or Secrets Manager decrypts it with a key that the caller must be allowed to use. */
  encrypted: boolean;
};

/** What entries read: each once, in the Terraform module's order. */
export type Resources = {
  /** Secrets that exist. */
  secrets: Resource[];
  /** Optional secrets, as IAM names those that do not exist. */
  missingSecrets: Resource[];
  parameters: Resource[];
  paths: Resource[];
  /** Those of which all levels are read. */
  recursivePaths: Resource[];
};

/** What entries read; `place` is for those without an ARN. */
export function resourcesOf(entries: ReadEntry[], place: Place): Resources {
  const found = entries.toSorted(bySubject).map((entry) => locate(entry, place));
  const ofKind = (kind: Located["kind"]) => found.filter((located) => located.kind === kind);
  const secrets = [...ofKind("secret"), ...ofKind("parameter").flatMap(referredSecret)];
  const paths = ofKind("path");
  return {
    secrets: distinct(secrets.map(toStoredSecret)),
    missingSecrets: distinct(secrets.filter(({ optional, isComplete }) => optional && !isComplete).map(toSecret)),
    parameters: distinct(ofKind("parameter").map(toParameter)),
    paths: distinct(paths.map(toPath)),
    recursivePaths: distinct(paths.filter(({ recursive }) => recursive).map(toPath)),
  };
}

export function arnOf({ owner, name }: Resource): string {
  return `${owner}${name}`;
}

/** An entry's reference, taken apart. */
type Located = Place & {
  kind: "secret" | "parameter" | "path";
  /** Without the slash that an ARN has anyway. */
  name: string;
  recursive: boolean;
  optional: boolean;
  /** Whether a secret's name has the six characters that AWS adds. */
  isComplete: boolean;
};

function locate({ reference, optional, default: fallback }: ReadEntry, place: Place): Located {
  const { kind, id } = reference;
  const [, partition = "", , region = "", account = "", ...rest] = id.split(":");
  const isArn = id.startsWith("arn:");
  const isPublic = kind !== "secret" && id.startsWith("/aws/service/");
  const name = isArn ? rest.join(":").replace(/^(?:secret:|parameter\/)/, "") : nameOf(kind, id);
  return {
    kind,
    name,
    ...(isArn ? { partition, region, account } : place),
    // AWS's own public parameters are in no account.
    ...(isPublic && { account: "" }),
    recursive: reference.kind === "path" && reference.recursive,
    optional: optional === true || fallback !== undefined,
    isComplete: isArn && /-[A-Za-z0-9]{6}$/.test(name),
  };
}

function nameOf(kind: Located["kind"], id: string): string {
  if (kind === "secret") return id;
  return kind === "path" ? id.replaceAll(/^\/+|\/+$/g, "") : id.replace(/^\//, "");
}

/** With this prefix Parameter Store reads a secret, which takes the permission for both. */
function referredSecret(parameter: Located): Located[] {
  if (!parameter.name.startsWith(SECRET_REFERENCE)) return [];
  return [{ ...parameter, kind: "secret", name: parameter.name.slice(SECRET_REFERENCE.length), isComplete: false }];
}

/** Six characters that AWS has added end a secret's ARN; `-*` would match the names that begin the same, too. */
function toStoredSecret(secret: Located): Resource {
  return toSecret(secret.isComplete ? secret : { ...secret, name: `${secret.name}-??????` });
}

function toSecret({ partition, region, account, name }: Located): Resource {
  const owner = `arn:${partition}:secretsmanager:${region}:${account}:secret:`;
  return { service: "secretsmanager", region, owner, name, encrypted: true };
}

/** Public parameters are not encrypted, and a secret that one refers to is Secrets Manager's to decrypt. */
function toParameter({ partition, region, account, name }: Located): Resource {
  const encrypted = account !== "" && !name.startsWith(SECRET_REFERENCE);
  const owner = `arn:${partition}:ssm:${region}:${account}:`;
  return { service: "ssm", region, owner, name: `parameter/${name}`, encrypted };
}

/** GetParametersByPath is authorized on the path, and not on what is under it. */
function toPath(path: Located): Resource {
  return { ...toParameter(path), encrypted: path.account !== "" };
}

function distinct(resources: Resource[]): Resource[] {
  return [...new Map(resources.map((resource) => [arnOf(resource), resource])).values()];
}

function bySubject(one: ReadEntry, other: ReadEntry): number {
  return one.subject < other.subject ? -1 : 1;
}

const SECRET_REFERENCE = "aws/reference/secretsmanager/";
