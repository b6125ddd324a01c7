import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCaBundle } from "../../../core/config/ca-bundle.ts";
import { expectFaults } from "../expect-problems.ts";
import { unwrap } from "../unwrap.ts";

const PEM = "# É, a comment\n-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n";
const folder = mkdtempSync(join(tmpdir(), "ca-bundle-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

it("gives the file's text, and nothing where the variable is not set", () => {
  expect(unwrap(readCaBundle({ AWS_CA_BUNDLE: file("ca.pem", PEM) }))).toBe(PEM);
  expect(unwrap(readCaBundle({}))).toBeUndefined();
  expect(unwrap(readCaBundle({ AWS_CA_BUNDLE: "" }))).toBeUndefined();
});

describe("there is a fault, and no wait, where the file", () => {
  const fifo = join(folder, "fifo");
  execFileSync("mkfifo", [fifo]);

  it.each([
    ["is not there", join(folder, "none.pem"), "UnreadableFile", /does not exist/],
    ["is a folder", folder, "UnreadableFile", /not a regular file/],
    ["is a FIFO", fifo, "UnreadableFile", /not a regular file/],
    ["is a device without end", "/dev/zero", "UnreadableFile", /not a regular file/],
    ["is large", file("large.pem", PEM.repeat(20_000)), "UnreadableFile", /larger than 1000000 bytes/],
    ["is empty", file("empty.pem", ""), "InvalidSetting", /no certificate in PEM form/],
    ["holds a key only", file("key.pem", PEM.replaceAll("CERTIFICATE", "KEY")), "InvalidSetting", /no certificate/],
  ])("%s", (_, AWS_CA_BUNDLE, code, cause) => {
    const found = readCaBundle({ AWS_CA_BUNDLE });
    expectFaults(found.ok ? [] : [found.error], ["AWS_CA_BUNDLE", code, cause, /at most 1 MB.*PEM format.*public CAs/]);
  });
});
