import type { Fault } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { isArray, isObject, type Json, parseJson } from "../json/json.ts";
import { problemOf } from "./grammar.ts";
import type { EntryList } from "./parse.ts";

/** Reads the text of SECRETS. */
export async function readSecretsVariable(text: string): Promise<Result<EntryList, Fault>> {
  const json = parseJson(text);
  return json ? toEntryList(json) : failure(await notJson(text));
}

/** The same for its JSON. */
export function toEntryList(json: Json): Result<EntryList, Fault> {
  if (isArray(json) || isObject(json)) return success({ name: "SECRETS", json });
  return failure({ subject: "SECRETS", ...problemOf("secrets", "neitherObjectNorList") });
}

async function notJson(text: string): Promise<Fault> {
  // Loaded only here: a function that starts has no such text.
  const { describeJsonError } = await import("../json/json-error.ts");
  const where = text.trim() === "" ? "it is empty" : describeJsonError(text);
  return {
    subject: "SECRETS",
    code: "InvalidJson",
    cause: `the variable is not valid JSON (${where})`,
    remedy: 'Write for example {"DB_PASSWORD": "prod/db:password"}, or {} for no secrets.',
  };
}
