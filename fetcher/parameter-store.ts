import {
  GetParametersByPathCommand,
  GetParametersCommand,
  type GetParametersCommandOutput,
  type Parameter,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { batch } from "./batch.ts";
import { type ClientContext, clientConfig } from "./client-config.ts";
import { type Fetched, noValue, type Parameters, stored } from "./decode.ts";
import { parameterNotFound } from "./explain-parameter.ts";
import type { Cause } from "./fault.ts";
import type { ParameterReference, PathReference } from "./reference.ts";
import { PARAMETER_STORE } from "./service.ts";

/** Gets parameters of one Region, ten in a call, and those under a path. Rejects with a CallFailure. */
export function parameterStore(region: string, context: ClientContext) {
  const client = new SSMClient(clientConfig(PARAMETER_STORE, region, context));

  async function getParameters(references: ParameterReference[]): Promise<(Fetched | Cause)[]> {
    const request = { Names: references.map(toName), WithDecryption: true };
    const answer = await context.retry(() => client.send(new GetParametersCommand(request)));
    return references.map((reference) => findParameter(reference, answer, region));
  }

  async function getPath(reference: PathReference): Promise<Parameters | Cause> {
    const values: [name: string, value: string][] = [];
    let NextToken: string | undefined;
    do {
      const request = { ...toPath(reference), WithDecryption: true, NextToken };
      const page = await context.retry(() => client.send(new GetParametersByPathCommand(request)));
      const found = page.Parameters?.map((parameter) => underPath(reference.id, parameter)) ?? [undefined];
      if (!found.every((value) => value !== undefined)) return noValue(PARAMETER_STORE);
      values.push(...found);
      NextToken = page.NextToken;
    } while (NextToken);
    return values.length > 0 ? { kind: "parameters", values } : parameterNotFound(reference, region);
  }

  const single = batch(getParameters, MAX_NAMES, identify);
  return (reference: ParameterReference | PathReference): Promise<Fetched | Cause> =>
    reference.source === "path" ? getPath(reference) : single(reference);
}

/** The same for every way to name one parameter: the service's answers do not say which of them they belong to. */
function identify({ id }: ParameterReference): string {
  return id.replace(/^arn:.*:parameter/, "").replace(/^\//, "");
}

function findParameter(
  reference: ParameterReference,
  { Parameters = [], InvalidParameters = [] }: GetParametersCommandOutput,
  region: string,
): Fetched | Cause {
  const parameter = Parameters.find(({ Name, ARN }) => Name === reference.id || ARN === reference.id);
  const isWanted = parameter && isVersion(parameter, reference.version);
  if (isWanted && typeof parameter.Value === "string") return toFetched(parameter, parameter.Value);
  // Only what the service itself calls missing, with its version or without, is: an entry may be optional.
  const isMissing = !parameter && [toName(reference), reference.id].some((name) => InvalidParameters.includes(name));
  return isMissing ? parameterNotFound(reference, region) : noValue(PARAMETER_STORE);
}

/** The answer repeats a version or label as its selector, with the colon; some emulators of AWS leave a label out. */
function isVersion({ Selector, Version }: Parameter, wanted: string | undefined): boolean {
  if (wanted === undefined) return !Selector;
  return /^\d+$/.test(wanted) ? Version === Number(wanted) : [undefined, `:${wanted}`].includes(Selector);
}

function toName({ id, version }: ParameterReference): string {
  return version === undefined ? id : `${id}:${version}`;
}

function toFetched({ Name = "", Version, LastModifiedDate, Type }: Parameter, text: string): Fetched {
  return { noun: "parameter", name: Name, ...stored(Version, LastModifiedDate, Type), kind: "text", text };
}

/** A path has no slash at its end for the service, but the uppermost. */
function toPath({ id, recursive }: PathReference) {
  return { Path: id.replace(/(.)\/$/, "$1"), Recursive: recursive };
}

/** The name below the path, and the value. A parameter of the uppermost level may have no slash at all. */
function underPath(path: string, { Name, Value }: Parameter): [name: string, value: string] | undefined {
  if (typeof Name !== "string" || typeof Value !== "string") return undefined;
  const name = Name.startsWith("/") ? Name : `/${Name}`;
  return name.startsWith(path) ? [name.slice(path.length), Value] : undefined;
}

/** The service's own limit for one call. */
const MAX_NAMES = 10;
