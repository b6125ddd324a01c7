import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { MAX_FILE_BYTES, readText } from "../../../core/config/file-text.ts";
import { expectProblem } from "../expect-problems.ts";
import { unwrap } from "../unwrap.ts";

const folder = mkdtempSync(join(tmpdir(), "file-text-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string | Uint8Array): string {
  const path = join(folder, "file");
  writeFileSync(path, content);
  return path;
}

function link(target: string): string {
  const path = join(folder, `to-${target.replaceAll("/", "-")}`);
  symlinkSync(target, path);
  return path;
}

it("is all of the file's text", () => {
  const wellFormed = fc.string({ unit: "binary" });
  fc.assert(fc.property(wellFormed, (text) => expect(unwrap(readText(file(`-${text}`)))).toBe(`-${text}`)));
});

it("is without a byte order mark", () => {
  expect(unwrap(readText(file("\ufeffa: b")))).toBe("a: b");
});

it("is of as many bytes as the limit, and no more", () => {
  expect(unwrap(readText(file("x".repeat(MAX_FILE_BYTES))))).toHaveLength(MAX_FILE_BYTES);
  const tooLarge = unwrap(readText(file("x".repeat(MAX_FILE_BYTES + 1))));
  expectProblem(tooLarge, "UnreadableFile", /file" is larger than 1000000 bytes$/, /wildcard or list/);
});

it.each([
  ["does not exist", "/no/such/file", /^the file "\/no\/such\/file" does not exist$/, /LAMBDA_TASK_ROOT.*layer/],
  ["is a folder", folder, /is not a regular file$/, /Use a regular file|Use a path/],
  ["never ends", link("/dev/zero"), /is not a regular file$/, /Use a regular file|Use a path/],
  ["cannot be read", link("/proc/self/mem"), /cannot be read$/, /chmod 644/],
])("is not that of a file that %s", (_, path, cause, remedy) => {
  expectProblem(unwrap(readText(path)), "UnreadableFile", cause, remedy);
});

it("is not guessed of other encodings", () => {
  expectProblem(unwrap(readText(file(Buffer.from("\ufeff{}", "utf16le")))), "UnreadableFile", /is not UTF-8$/, /UTF-8/);
  expectProblem(unwrap(readText(file(Buffer.from("é", "latin1")))), "UnreadableFile", /is not UTF-8$/, /UTF-8/);
});
