import * as fc from "fast-check";
import type { StoredValue } from "../../../core/sources/decode.ts";
import { encodeContent, encodeString } from "../../../core/values/encode.ts";
import { anyText } from "../any-text.ts";
import { expectProblem } from "../expect-problems.ts";
import { unwrap } from "../unwrap.ts";

const text = (value: string): StoredValue => ({ name: "x", noun: "secret", kind: "text", text: value });
const binary = (bytes: Uint8Array): StoredValue => ({
  name: "x",
  noun: "secret",
  kind: "binary",
  base64: Buffer.from(bytes).toString("base64"),
});
const inVariable = (...args: Parameters<typeof encodeString>) => unwrap(encodeString(...args));
const inFile = (...args: Parameters<typeof encodeContent>) => unwrap(encodeContent(...args));

it("leaves a text as it is, in a variable and in a file", () => {
  fc.assert(
    fc.property(anyText, (value) => {
      expect(inVariable(text(value), {})).toBe(value);
      expect(inFile(text(value), {})).toBe(value);
      expect(inVariable(text(value), { encoding: "utf8" })).toBe(value);
    }),
  );
});

it("gives bytes as base64 in a variable, and as they are in a file", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const base64 = Buffer.from(bytes).toString("base64");
      expect(inVariable(binary(bytes), {})).toBe(base64);
      expect(inVariable(binary(bytes), { encoding: "base64" })).toBe(base64);
      expect(inFile(binary(bytes), { encoding: "base64" })).toBe(base64);
      expect(Buffer.from(inFile(binary(bytes), {}) as Uint8Array)).toEqual(Buffer.from(bytes));
    }),
  );
});

it("turns a text into base64 where that is asked for", () => {
  expect(inVariable(text("pä\n"), { encoding: "base64" })).toBe("cMOkCg==");
  expect(inVariable(text('{"k": "pä"}'), { encoding: "base64", key: "k" })).toBe("cMOk");
});

it("decodes bytes that are UTF-8, a byte order mark and all, and takes their JSON keys", () => {
  expect(inVariable(binary(Buffer.from("\ufeffpä")), { encoding: "utf8" })).toBe("\ufeffpä");
  expect(inVariable(binary(Buffer.from('{"k": "v"}')), { encoding: "utf8", key: "k" })).toBe("v");
});

it("refuses bytes that are not UTF-8, and a key of bytes", () => {
  const bytes = binary(Uint8Array.of(0x70, 0xff));
  expectProblem(inVariable(bytes, { encoding: "utf8" }), "InvalidValue", /not UTF-8/, /base64.*"file"/);
  expectProblem(inVariable(bytes, { key: "k" }), "NotJson", /binary/, /whole secret/);
});
