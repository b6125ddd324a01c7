import * as fc from "fast-check";
import type { Secret } from "../../../core/sources/decode.ts";
import { encodeValue } from "../../../core/values/encode.ts";
import { anyText } from "../any-text.ts";
import { expectCause } from "../builders.ts";

const text = (value: string): Secret => ({ name: "x", noun: "secret", kind: "text", text: value });
const binary = (bytes: Uint8Array): Secret => ({
  name: "x",
  noun: "secret",
  kind: "binary",
  base64: Buffer.from(bytes).toString("base64"),
});
const file = { path: "/tmp/secrets-wrapper/x", mode: 0o600 };

it("leaves a text as it is, in a variable and in a file", () => {
  fc.assert(
    fc.property(anyText, (value) => {
      expect(encodeValue(text(value), {})).toBe(value);
      expect(encodeValue(text(value), { file })).toBe(value);
      expect(encodeValue(text(value), { encoding: "utf8" })).toBe(value);
    }),
  );
});

it("gives bytes as base64 in a variable, and as they are in a file", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const base64 = Buffer.from(bytes).toString("base64");
      expect(encodeValue(binary(bytes), {})).toBe(base64);
      expect(encodeValue(binary(bytes), { encoding: "base64" })).toBe(base64);
      expect(encodeValue(binary(bytes), { encoding: "base64", file })).toBe(base64);
      expect(Buffer.from(encodeValue(binary(bytes), { file }) as Uint8Array)).toEqual(Buffer.from(bytes));
    }),
  );
});

it("turns a text into base64 where that is asked for", () => {
  expect(encodeValue(text("pä\n"), { encoding: "base64" })).toBe("cMOkCg==");
  expect(encodeValue(text('{"k": "pä"}'), { encoding: "base64", key: "k" })).toBe("cMOk");
});

it("decodes bytes that are UTF-8, a byte order mark and all, and takes their JSON keys", () => {
  expect(encodeValue(binary(Buffer.from("\ufeffpä")), { encoding: "utf8" })).toBe("\ufeffpä");
  expect(encodeValue(binary(Buffer.from('{"k": "v"}')), { encoding: "utf8", key: "k" })).toBe("v");
});

it("refuses bytes that are not UTF-8, and a key of bytes", () => {
  const bytes = binary(Uint8Array.of(0x70, 0xff));
  expectCause(encodeValue(bytes, { encoding: "utf8" }), "InvalidValue", /not UTF-8/, /base64.*"file"/);
  expectCause(encodeValue(bytes, { key: "k" }), "NotJson", /binary/, /whole secret/);
});
