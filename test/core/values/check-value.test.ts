import { spawnSync } from "node:child_process";
import * as fc from "fast-check";
import { checkValue } from "../../../core/values/check-value.ts";
import { anyText } from "../any-text.ts";
import { unwrap } from "../unwrap.ts";

const codeOf = (value: string, name = "A") => unwrap(checkValue({ name, value }))?.code;
const inFile = (content: string | Uint8Array) =>
  unwrap(checkValue({ name: "A", value: "/tmp/a", file: { name: "A", path: "/tmp/a", mode: 0o600, content } }));

it.each([0, 1, 2])(
  "takes for a variable exactly as much as the kernel does, of characters of any size (%i)",
  (more) => {
    const value = "é".repeat(65_534) + "x".repeat(more);
    const { error } = spawnSync("true", { env: { ...process.env, A: value } });
    expect(error === undefined).toBe(codeOf(value) === undefined);
    expect(codeOf(value)).toBe(more === 2 ? "ValueTooLong" : undefined);
  },
);

it("takes every other string that UTF-8 and the kernel can hold", () => {
  fc.assert(
    fc.property(anyText, (value) => {
      const fits = !value.includes("\0") && Buffer.from(value).toString() === value;
      expect(codeOf(value)).toBe(fits ? undefined : "InvalidValue");
    }),
  );
});

it("takes for a file every bytes, and every string of any length that UTF-8 can hold", () => {
  for (const content of ["a\0b", "x".repeat(200_000), new Uint8Array([0, 255])]) {
    expect(inFile(content)).toBeUndefined();
  }
  expect(inFile("\ud83d")).toMatchObject({ code: "InvalidValue" });
});
