import type { FetchRequest } from "../../core/config/plan.ts";
import type { Problem } from "../../core/fault/fault.ts";
import type { StoredValue } from "../../core/sources/decode.ts";
import type { Cache, Served } from "../cache.ts";
import type { Slot } from "../slot.ts";
import { parameterRequest, secretRequest, single } from "../sources/on-demand.ts";
import { type Answer, json, refusal } from "./answer.ts";
import { freshnessHeaders } from "./freshness-headers.ts";
import type { Target } from "./router.ts";
import { unavailable } from "./secrets.ts";

/** As AWS's extension: `/secretsmanager/get?secretId=…`. */
export async function getSecret(cache: Cache, { query }: Target, region: string | undefined): Promise<Answer> {
  const request = secretRequest(query, region);
  if (!request.ok) return badRequest(request.error);
  return await answerWith(cache, cache.slotOf(request.value), query, secretBody);
}

/** As AWS's extension: `/systemsmanager/parameters/get?name=…`. */
export async function getParameter(cache: Cache, { query }: Target, region: string | undefined): Promise<Answer> {
  const request = parameterRequest(query, region);
  if (!request.ok) return badRequest(request.error);
  const decrypted = query.get("withDecryption") === "true";
  return await answerWith(cache, parameterSlot(cache, request.value, decrypted), query, parameterBody);
}

/** The one of SECRETS, which has the decrypted value, where it is what is asked for. */
function parameterSlot(cache: Cache, request: FetchRequest, decrypted: boolean): Slot {
  const listed = cache.slots.find(({ request: { key } }) => key === request.key);
  const outcome = listed?.held?.outcome;
  const isPlain = outcome?.ok && outcome.value.kind === "text" && outcome.value.type !== "SecureString";
  return listed && (decrypted || isPlain) ? listed : cache.slotOf(single(request, decrypted));
}

async function answerWith(
  cache: Cache,
  slot: Slot,
  query: URLSearchParams,
  bodyOf: (value: StoredValue) => object,
): Promise<Answer> {
  await cache.refresh([slot], query.get("refreshNow") === "true");
  const served = cache.serve(slot);
  if (!served.ok) return failed(slot, served.error);
  return answer(slot, served.value, bodyOf);
}

function answer(slot: Slot, served: Served, bodyOf: (value: StoredValue) => object): Answer {
  const { outcome } = served.held;
  // What an entry of SECRETS makes up for: these clients are told that it does not exist.
  if (!outcome.ok) return failed(slot, outcome.error);
  if (outcome.value.kind === "parameters") return badRequest("It is a path, not a parameter.");
  return json(bodyOf(outcome.value), freshnessHeaders([served], Date.now()));
}

/** The service's own error where there is one. */
function failed(slot: Slot, problem: Problem): Answer {
  const { service, detail } = problem;
  const message = service && detail !== undefined ? JSON.parse(detail) : problem.cause;
  const error = service ?? (problem.missing && NOT_FOUND[slot.request.kind]);
  return error
    ? json({ __type: error.error, Message: message, message }, {}, error.status)
    : unavailable(slot, problem);
}

/** Where the service answered without an error. */
const NOT_FOUND = {
  secret: { error: "ResourceNotFoundException", status: 400 },
  parameter: { error: "ParameterNotFound", status: 400 },
  path: { error: "ParameterNotFound", status: 400 },
};

function badRequest(message: string): Answer {
  return refusal(400, "BadRequest", message);
}

/** The fields of GetSecretValue. Times are in seconds, as the service's. */
function secretBody({ name, arn, version, stages, created, ...value }: StoredValue): object {
  return {
    ARN: arn,
    Name: name,
    VersionId: version,
    ...(value.kind === "text" ? { SecretString: value.text } : { SecretBinary: value.base64 }),
    VersionStages: stages,
    CreatedDate: secondsOf(created),
    ResultMetadata: {},
  };
}

/** The fields of GetParameter. */
function parameterBody({ name, arn, version, created, type, dataType, ...value }: StoredValue): object {
  const Parameter = {
    ARN: arn,
    DataType: dataType,
    LastModifiedDate: secondsOf(created),
    Name: name,
    Type: type,
    Value: value.kind === "text" ? value.text : value.base64,
    Version: version === undefined ? undefined : Number(version),
  };
  return { Parameter, ResultMetadata: {} };
}

function secondsOf(date: Date | undefined): number | undefined {
  return date && date.getTime() / 1000;
}
