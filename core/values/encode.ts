import type { Form } from "../config/entry-options.ts";
import type { Cause } from "../fault/fault.ts";
import { memoize } from "../host/once.ts";
import type { Secret } from "../sources/decode.ts";
import { selectValue } from "./select.ts";

/** An entry's value: a text, or the bytes of a binary secret that goes into a file. */
export type Value = string | Uint8Array;

/** Selects an entry's value and encodes it as the entry asks for. */
export function encodeValue(
  secret: Secret,
  { key, encoding, file }: Pick<Form, "key" | "encoding" | "file">,
): Value | Cause {
  const source = encoding === "utf8" ? decodeUtf8(secret) : secret;
  if ("code" in source) return source;
  if (source.kind === "binary" && key === undefined && file && !encoding) return Buffer.from(source.base64, "base64");
  const value = selectValue(source, key);
  const toBase64 = encoding === "base64" && source.kind === "text" && typeof value === "string";
  return toBase64 ? Buffer.from(value).toString("base64") : value;
}

const decodeUtf8 = memoize((secret: Secret): Secret | Cause => {
  if (secret.kind === "text") return secret;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(secret.base64, "base64"),
    );
    return { name: secret.name, noun: secret.noun, kind: "text", text };
  } catch {
    return NOT_UTF8;
  }
});

const NOT_UTF8: Cause = {
  code: "InvalidValue",
  cause: "the secret's bytes are not UTF-8",
  remedy: 'Leave "encoding" out for base64, or have the bytes in a file with "file".',
};
