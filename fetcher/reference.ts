/** Which secret, and which version of it. */
export type Reference = {
  /** Name or ARN, as GetSecretValue takes it. */
  id: string;
  stage?: string;
  versionId?: string;
};

/** What a reference string says: `secret:json-key:version-stage:version-id`, as in ECS and CodeBuild. */
export type ParsedReference = { reference: Reference; key?: string } | { fault: string };

/** Trailing parts and their colons may be left out. An ARN has seven fields of its own, a name one. */
export function parseReference(text: string): ParsedReference {
  const fields = text.split(":");
  const isArn = fields[0] === "arn";
  const idFields = isArn ? ARN_FIELDS : 1;
  const id = fields.slice(0, idFields).join(":");
  const [key, stage, versionId, ...rest] = fields.slice(idFields);

  if (id.trim() === "") return { fault: "the reference names no secret" };
  if (isArn && !SECRET_ARN.test(id)) return { fault: "the ARN is not that of a secret" };
  if (rest.length > 0) return { fault: "the reference has too many colons" };
  if (stage && versionId) return { fault: "the reference has both a version stage and a version id" };
  return {
    reference: { id, ...(stage && { stage }), ...(versionId && { versionId }) },
    ...(key && { key }),
  };
}

/** The Region in an ARN; undefined for a name. */
export function regionOf(id: string): string | undefined {
  return SECRET_ARN.exec(id)?.[1];
}

const ARN_FIELDS = 7;
const SECRET_ARN = /^arn:[^:]+:secretsmanager:([a-z0-9-]+):[^:]+:secret:[^:]+$/;
