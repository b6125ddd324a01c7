import type { Problem } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import type { SecretFile } from "./secret-file.ts";
import type { NamedValue } from "./values-of.ts";

/** Whether a variable or its file can hold a value. */
export function checkValue({ name, value, file }: NamedValue): Result<void, Problem> {
  return file ? checkContent(file) : checkVariable(name, value);
}

/** A file can contain any bytes, and any string that UTF-8 can encode. */
function checkContent({ content }: SecretFile): Result<void, Problem> {
  return typeof content === "string" && !content.isWellFormed() ? failure(LONE_SURROGATE) : success(undefined);
}

function checkVariable(name: string, value: string): Result<void, Problem> {
  if (value.includes("\0")) return failure(NUL);
  if (!value.isWellFormed()) return failure(LONE_SURROGATE);
  const bytes = Buffer.byteLength(`${name}=${value}`);
  if (bytes <= MAX_VARIABLE_BYTES) return success(undefined);
  return failure({
    code: "ValueTooLong",
    cause: `NAME=value is ${bytes} bytes; the kernel allows ${MAX_VARIABLE_BYTES}`,
    remedy: "Store a shorter value, or use single JSON keys of it.",
  });
}

/** Linux's MAX_ARG_STRLEN, 32 pages, less the final NUL. */
const MAX_VARIABLE_BYTES = 131_071;

const NUL: Problem = {
  code: "InvalidValue",
  cause: "the value contains a NUL character, which an environment variable cannot contain",
  remedy: "Store the value without it, for example as base64.",
};
const LONE_SURROGATE: Problem = {
  code: "InvalidValue",
  cause: "the value contains an unpaired surrogate, which UTF-8 cannot encode",
  remedy: "Correct the \\u escape in the stored JSON.",
};
