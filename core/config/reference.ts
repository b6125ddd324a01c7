/** What to get, from where, and which version of it. */
export type Reference = SecretReference | ParameterReference | PathReference;

/** `id`: name or ARN, as GetSecretValue takes it. */
export type SecretReference = { source: "secret"; id: string; stage?: string; versionId?: string };

/** `id`: name or ARN, as GetParameters takes it; `version`: a number or a label. */
export type ParameterReference = { source: "parameter"; id: string; version?: string };

/** All parameters under a path. `id`: the path, with a slash at its end. */
export type PathReference = { source: "path"; id: string; recursive: boolean };

/** What a reference string says. */
export type ParsedReference = { reference: Reference; key?: string } | { fault: string };

/** `secret:json-key:version-stage:version-id`, as in ECS and CodeBuild: a secret's name or ARN, of seven fields. */
export function parseSecret(text: string): ParsedReference {
  const { id, isArn, rest } = split(text, 7);
  const [key, stage, versionId, ...more] = rest;
  if (id.trim() === "") return { fault: "the reference names no secret" };
  if (isArn ? !SECRET_ARN.test(id) : !SECRET_NAME.test(id)) {
    return { fault: isArn ? "the ARN is not that of a secret" : "the reference is not the name of a secret" };
  }
  if (more.length > 0) return { fault: "the reference has too many colons" };
  if (stage && versionId) return { fault: "the reference has both a version stage and a version id" };
  return {
    reference: { source: "secret", id, ...(stage && { stage }), ...(versionId && { versionId }) },
    ...(key && { key }),
  };
}

/** `name:version`, `name:label`, or a path that ends in a slash, or in two stars for all levels under it. */
export function parseParameter(text: string): ParsedReference {
  const { id, isArn, rest } = split(text, 6);
  const [version, ...more] = rest;
  if (id.trim() === "") return { fault: "the reference names no parameter" };
  if (isArn ? !PARAMETER_ARN.test(id) : !PARAMETER_NAME.test(id)) {
    return { fault: isArn ? "the ARN is not that of a parameter" : "the reference is not the name of a parameter" };
  }
  if (more.length > 0) return { fault: "the reference has too many colons" };
  if (version && !LABEL.test(version)) return { fault: "after the colon comes a version's number or label" };
  if (!/\/(?:\*\*)?$/.test(id)) return { reference: { source: "parameter", id, ...(version && { version }) } };
  if (isArn || version) return { fault: "a path is not an ARN, and has no version" };
  return { reference: { source: "path", id: id.replace(/\*\*$/, ""), recursive: id.endsWith("*") } };
}

/** The Region in an ARN; undefined for a name. */
export function regionOf(id: string): string | undefined {
  return SECRET_ARN.exec(id)?.[1] ?? PARAMETER_ARN.exec(id)?.[1];
}

function split(text: string, arnFields: number): { id: string; isArn: boolean; rest: string[] } {
  const fields = text.split(":");
  const isArn = fields[0] === "arn";
  const idFields = isArn ? arnFields : 1;
  return { id: fields.slice(0, idFields).join(":"), isArn, rest: fields.slice(idFields) };
}

// What AWS allows in them, so that none of it is a wildcard in a policy that is made of them.
const SECRET_NAME = /^[\w/+=.@!-]+$/;
const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):[0-9]{12}:secret:[\w/+=.@!-]+$/;
const LABEL = /^[\w.-]+$/;
// A reference to a secret holds the secret's name.
const PARAMETER_NAME =
  /^(?:[\w.-]+|\/[\w./-]*|\/(?:[\w./-]*\/)?\*\*|\/aws\/reference\/secretsmanager\/[\w/+=.@!-]*[\w+=.@!-])$/;
// AWS's public parameters have no account.
const PARAMETER_ARN = /^arn:aws[a-z-]*:ssm:([a-z0-9-]+):(?:[0-9]{12}:parameter|:parameter\/aws\/service)\/[\w./-]+$/;
