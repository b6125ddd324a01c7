import {
  GetParametersByPathCommand,
  GetParametersCommand,
  type GetParametersCommandOutput,
  type Parameter,
  SSMClient,
} from "@aws-sdk/client-ssm";
import type { ParameterReference, PathReference } from "../config/reference.ts";
import { PARAMETER_STORE } from "../config/service.ts";
import { failure, success } from "../fault/result.ts";
import { type Fetched, metadataOf, noValue } from "./decode.ts";
import { parameterNotFound } from "./explain/explain-parameter.ts";
import type { FetchResult } from "./fetch-all.ts";
import { caller } from "./sdk/caller.ts";
import { type CallContext, type Client, type ClientContext, clientConfig } from "./sdk/client-config.ts";

/** Fetches parameters of one Region, ten in a call, and those under a path. */
export function parameterStore(region: string, context: ClientContext): Client {
  const client = new SSMClient(clientConfig(PARAMETER_STORE, region, context));
  const callGetParameters = caller(client, GetParametersCommand);
  const callGetParametersByPath = caller(client, GetParametersByPathCommand);

  async function getParameters(references: ParameterReference[], { deadline, retry }: CallContext) {
    const input = { Names: references.map(toName), WithDecryption: true };
    const answer = await retry(() => callGetParameters(input, deadline));
    return references.map((reference) => findParameter(reference, answer, region));
  }

  async function getPath(reference: PathReference, { deadline, retry }: CallContext): Promise<FetchResult> {
    const values: [name: string, value: string][] = [];
    let NextToken: string | undefined;
    do {
      const input = { ...toPath(reference), WithDecryption: true, NextToken };
      const page = await retry(() => callGetParametersByPath(input, deadline));
      const found = page.Parameters?.map((parameter) => underPath(reference.id, parameter)) ?? [undefined];
      if (!found.every((value) => value !== undefined)) return failure(noValue(PARAMETER_STORE));
      values.push(...found);
      NextToken = page.NextToken;
    } while (NextToken);
    return values.length > 0 ? success({ kind: "parameters", values }) : failure(parameterNotFound(reference, region));
  }

  return async (group, context) => {
    const [first] = group;
    return first.kind === "path"
      ? [await getPath(first, context)]
      : await getParameters(group as unknown as ParameterReference[], context);
  };
}

function findParameter(
  reference: ParameterReference,
  { Parameters = [], InvalidParameters = [] }: GetParametersCommandOutput,
  region: string,
): FetchResult {
  const parameter = Parameters.find(({ Name, ARN }) => Name === reference.id || ARN === reference.id);
  const isWanted = parameter && isVersion(parameter, reference.version);
  if (isWanted && typeof parameter.Value === "string") return success(toFetched(parameter, parameter.Value));
  // An entry may be optional, so only what the service itself reports as invalid counts as not found.
  const isMissing = !parameter && [toName(reference), reference.id].some((name) => InvalidParameters.includes(name));
  return failure(isMissing ? parameterNotFound(reference, region) : noValue(PARAMETER_STORE));
}

/** The response repeats a version or label as the selector, with the colon; some AWS emulators omit labels. */
function isVersion({ Selector, Version }: Parameter, wanted: string | undefined): boolean {
  if (wanted === undefined) return !Selector;
  return /^\d+$/.test(wanted) ? Version === Number(wanted) : [undefined, `:${wanted}`].includes(Selector);
}

/** With the version or label, as the service takes it. */
export function toName({ id, version }: ParameterReference): string {
  return version === undefined ? id : `${id}:${version}`;
}

export function toFetched(parameter: Parameter, text: string): Fetched {
  const {
    Name = "",
    ARN: arn,
    Version: version,
    LastModifiedDate: created,
    Type: type,
    DataType: dataType,
  } = parameter;
  const metadata = metadataOf({ arn, version, created, type, dataType });
  return { noun: "parameter", name: Name, ...metadata, kind: "text", text };
}

/** The service expects no slash at the end of a path, except for the root. */
function toPath({ id, recursive }: PathReference) {
  return { Path: id.replace(/(.)\/$/, "$1"), Recursive: recursive };
}

/** The name below the path, and the value. The name of a parameter at the root may have no slash. */
function underPath(path: string, { Name, Value }: Parameter): [name: string, value: string] | undefined {
  if (typeof Name !== "string" || typeof Value !== "string") return undefined;
  const name = Name.startsWith("/") ? Name : `/${Name}`;
  return name.startsWith(path) ? [name.slice(path.length), Value] : undefined;
}
