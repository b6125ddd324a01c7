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

/** Gets parameters of one Region, ten in a call, and those under a path. Rejects with what the SDK throws. */
export function parameterStore(region: string, context: ClientContext) {
  const client = new SSMClient(clientConfig(PARAMETER_STORE, region, context));
  const single = batch(
    (references: ParameterReference[]) => getParameters(client, references, region),
    MAX_NAMES,
    ({ id }) => id,
  );
  return (reference: ParameterReference | PathReference): Promise<Fetched | Cause> =>
    reference.source === "path" ? getPath(client, reference, region) : single(reference);
}

async function getParameters(
  client: SSMClient,
  references: ParameterReference[],
  region: string,
): Promise<(Fetched | Cause)[]> {
  const answer = await client.send(new GetParametersCommand({ Names: references.map(toName), WithDecryption: true }));
  return references.map((reference) => findParameter(reference, answer, region));
}

function findParameter(
  reference: ParameterReference,
  { Parameters = [], InvalidParameters = [] }: GetParametersCommandOutput,
  region: string,
): Fetched | Cause {
  const parameter = Parameters.find(({ Name, ARN }) => Name === reference.id || ARN === reference.id);
  if (typeof parameter?.Value === "string") return toFetched(parameter, parameter.Value);
  // Only what the service itself calls missing, with its version or without, is: an entry may be optional.
  const isMissing = !parameter && [toName(reference), reference.id].some((name) => InvalidParameters.includes(name));
  return isMissing ? parameterNotFound(reference, region) : noValue(PARAMETER_STORE);
}

function toName({ id, version }: ParameterReference): string {
  return version === undefined ? id : `${id}:${version}`;
}

function toFetched({ Name = "", Version, LastModifiedDate, Type }: Parameter, text: string): Fetched {
  return { noun: "parameter", name: Name, ...stored(Version, LastModifiedDate, Type), kind: "text", text };
}

async function getPath(client: SSMClient, reference: PathReference, region: string): Promise<Parameters | Cause> {
  const { id, recursive } = reference;
  const values: [name: string, value: string][] = [];
  // A path has no slash at its end for the service, but the uppermost.
  const Path = id.replace(/(.)\/$/, "$1");
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new GetParametersByPathCommand({ Path, Recursive: recursive, WithDecryption: true, NextToken }),
    );
    if (!page.Parameters?.every((parameter) => isUnder(id, parameter))) return noValue(PARAMETER_STORE);
    for (const { Name = "", Value = "" } of page.Parameters) values.push([Name.slice(id.length), Value]);
    NextToken = page.NextToken;
  } while (NextToken);
  return values.length > 0 ? { kind: "parameters", values } : parameterNotFound(reference, region);
}

function isUnder(path: string, { Name, Value }: Parameter): boolean {
  return typeof Name === "string" && Name.startsWith(path) && typeof Value === "string";
}

/** The service's own limit for one call. */
const MAX_NAMES = 10;
