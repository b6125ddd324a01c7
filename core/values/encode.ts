import type { EntryOptions } from "../config/entry-options.ts";
import type { Problem } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import { memoize } from "../host/memoize.ts";
import type { StoredValue } from "../sources/decode.ts";
import { selectValue } from "./select.ts";

/** An entry's value: a string, or the bytes of a binary secret that is written to a file. */
export type Value = string | Uint8Array;

/** Selects an entry's value and encodes it as the entry asks for: as a string, so that a variable can hold it. */
export function encodeString(
  secret: StoredValue,
  { key, encoding }: Pick<EntryOptions, "key" | "encoding">,
): Result<string, Problem> {
  const decoded = encoding === "utf8" ? decodeUtf8(secret) : success(secret);
  if (!decoded.ok) return decoded;
  const value = selectValue(decoded.value, key);
  const toBase64 = encoding === "base64" && secret.kind === "text" && value.ok;
  return toBase64 ? success(Buffer.from(value.value).toString("base64")) : value;
}

/** The same for a file, which takes the bytes of a binary secret as they are. */
export function encodeContent(
  secret: StoredValue,
  options: Pick<EntryOptions, "key" | "encoding">,
): Result<Value, Problem> {
  const isBytes = secret.kind === "binary" && options.key === undefined && !options.encoding;
  return isBytes ? success(Buffer.from(secret.base64, "base64")) : encodeString(secret, options);
}

const decodeUtf8 = memoize((secret: StoredValue): Result<StoredValue, Problem> => {
  if (secret.kind === "text") return success(secret);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(secret.base64, "base64"),
    );
    return success({ name: secret.name, noun: secret.noun, kind: "text", text });
  } catch {
    return failure(NOT_UTF8);
  }
});

const NOT_UTF8: Problem = {
  code: "InvalidValue",
  cause: "the secret's bytes are not UTF-8",
  remedy: 'Omit "encoding" to get base64, or write the bytes to a file with "file".',
};
