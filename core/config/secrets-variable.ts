import type { Fault } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { describeJsonError, isArray, isObject, parseJson } from "../json/json.ts";
import { problemOf } from "./grammar.ts";
import type { EntryList } from "./parse.ts";

/** Reads the text of SECRETS. */
export function readSecretsVariable(text: string): Result<EntryList, Fault> {
  const json = parseJson(text);
  if (!json) return failure(notJson(text));
  if (isArray(json) || isObject(json)) return success({ name: "SECRETS", json });
  return failure({ subject: "SECRETS", ...problemOf("secrets", "neitherObjectNorList") });
}

function notJson(text: string): Fault {
  const where = text.trim() === "" ? "it is empty" : describeJsonError(text);
  return {
    subject: "SECRETS",
    code: "InvalidJson",
    cause: `the variable is not valid JSON (${where})`,
    remedy: 'Write for example {"DB_PASSWORD": "prod/db:password"}, or {} for no secrets.',
  };
}
