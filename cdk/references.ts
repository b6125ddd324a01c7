import { type Stack, Token } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { type ISecret, Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { IParameter } from "aws-cdk-lib/aws-ssm";
import type { StandIns } from "./stand-ins.ts";

/** A secret: a string as in SECRETS, a construct, or a construct and what follows the name: `json-key:stage:id`. */
export type SecretReference = string | AnySecret | readonly [secret: AnySecret, rest: string];

/** With exactOptionalPropertyTypes, CDK's class does not have its interface. */
type AnySecret = ISecret | Secret;

/** A parameter: a string as in SECRETS, a construct, or a construct and its version or label. */
export type ParameterReference = string | IParameter | readonly [parameter: IParameter, version: string];

/** What reads references for one function. */
export type Reader = {
  standIns: StandIns;
  /** The function's. */
  stack: Stack;
  /** Keys that constructs name, with the names or ARNs that they encrypt. */
  keys: Map<IKey, Set<string>>;
};

/** The reference as a string of SECRETS, with stand-ins; undefined for what is none. */
export function toReference(value: unknown, reader: Reader): string | undefined {
  return toText(value, reader, "ssm:");
}

/** The same for an option, whose name says what it refers to. */
export function toOption(value: unknown, reader: Reader): string | undefined {
  return toText(value, reader, "");
}

function toText(value: unknown, reader: Reader, prefix: string): string | undefined {
  const [construct, rest] = Array.isArray(value) ? value : [value];
  const after = rest === undefined ? "" : `:${reader.standIns.tokens(String(rest))}`;
  if (isSecret(construct)) return `${toSecretId(construct, reader)}${after}`;
  if (isParameter(construct)) return `${prefix}${toParameterId(construct, reader)}${after}`;
  return typeof value === "string" ? reader.standIns.tokens(value) : undefined;
}

/** By name where the function's account and Region are the secret's and the ARN may be partial: AWS completes names. */
function toSecretId(secret: AnySecret, reader: Reader): string {
  const { secretArn, secretFullArn, secretName } = secret;
  const isHere = isOf(reader.stack, secret);
  // A secret of another account or Region that this app creates has an ARN without the end that AWS adds.
  const isComplete = secretFullArn !== undefined && (isHere || !Secret.isSecret(secret));
  const text = isComplete || !isHere ? secretArn : secretName;
  const unknown = { text, arn: secretArn, region: secret.env.region, shown: secret.node.path };
  const id = Token.isUnresolved(text) ? reader.standIns.secretArn(unknown, isComplete) : text;
  return encryptedBy(secret.encryptionKey, id, reader);
}

/** By ARN where that is known, since the name of an import by ARN is its last part alone. */
function toParameterId(parameter: IParameter & { readonly encryptionKey?: IKey }, reader: Reader): string {
  const { parameterArn, parameterName, encryptionKey } = parameter;
  const text = Token.isUnresolved(parameterArn) && isOf(reader.stack, parameter) ? parameterName : parameterArn;
  const unknown = { text, arn: parameterArn, region: parameter.env.region, shown: parameter.node.path };
  const id = Token.isUnresolved(text) ? reader.standIns.parameterArn(unknown) : text;
  return encryptedBy(encryptionKey, id, reader);
}

function encryptedBy(key: IKey | undefined, id: string, { keys }: Reader): string {
  if (key) keys.set(key, (keys.get(key) ?? new Set()).add(id));
  return id;
}

/** Whether a resource is in a stack's account and Region: tokens are the same where they are written the same. */
function isOf({ account, region }: Stack, { env }: AnySecret | IParameter): boolean {
  return env.account === account && env.region === region;
}

function isSecret(value: unknown): value is AnySecret {
  return typeof value === "object" && value !== null && "secretArn" in value;
}

function isParameter(value: unknown): value is IParameter {
  return typeof value === "object" && value !== null && "parameterArn" in value;
}
