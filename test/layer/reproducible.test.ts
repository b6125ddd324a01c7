import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { missingTools } from "../../layer/build-engine.ts";
import { zipPath } from "../../layer/paths.ts";
import { buildTwice } from "../support/build-twice.ts";
import { describeUnless } from "../support/needs.ts";
import { oncePerSources } from "../support/once.ts";

const SOURCES = [
  "cache",
  "core",
  "engine/Cargo.lock",
  "engine/Cargo.toml",
  "engine/src",
  "fetcher",
  "layer",
  "package",
];
const OTHERS = ["package-lock.json", "package.json", "rust-toolchain.toml", "terraform/modules/references", "wrapper"];

describeUnless(missingTools("plain", "x86_64"), "the plain layer for x86_64", () => {
  it(
    "has the same bytes from this checkout and from two others, each with a cold target folder",
    () => oncePerSources("reproducible", [...SOURCES, ...OTHERS], expectSameBytes),
    1_200_000,
  );
});

async function expectSameBytes(): Promise<void> {
  const [first, second] = await buildTwice(["--arch", "x86_64", "--layer", "plain"]);
  expect(first).toBe(second);
  const zip = createHash("sha256").update(readFileSync(zipPath("plain", "x86_64")));
  expect(first).toContain(`${zip.digest("hex")}  secrets-wrapper-x86_64.zip\n`);
}
