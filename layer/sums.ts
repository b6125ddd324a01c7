import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes SHA256SUMS beside what a release has, for `sha256sum --check`. Returns its path. */
export function writeSums(folder: string): string {
  const names = readdirSync(folder).filter((name) => /\.(?:zip|cdx\.json)$/.test(name));
  const lines = names.sort().map((name) => `${sha256(join(folder, name))}  ${name}\n`);
  const sums = join(folder, "SHA256SUMS");
  writeFileSync(sums, lines.join(""));
  return sums;
}

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
