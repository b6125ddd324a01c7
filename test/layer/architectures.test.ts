import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { type Kind, treePath, zipPath } from "../../layer/paths.ts";
import type { Architecture } from "../../package/layer-zip.ts";
import { describeUnless } from "../support/needs.ts";
import { missingLayer } from "../support/trees.ts";

const MACHINES = { x86_64: "Advanced Micro Devices X86-64", arm64: "AArch64" };
const ENGINE = "secrets-wrapper/engine";

function readLayer(kind: Kind, architecture: Architecture): Record<string, Uint8Array> {
  return unzipSync(readFileSync(zipPath(kind, architecture)));
}

function sumsOf(files: Record<string, Uint8Array>): Record<string, string> {
  const sums = Object.entries(files).map(([name, bytes]) => [name, createHash("sha256").update(bytes).digest("hex")]);
  return Object.fromEntries(sums);
}

describeUnless(missingLayer, "a build for both architectures", () => {
  it.each<[Kind, Architecture]>([
    ["plain", "x86_64"],
    ["plain", "arm64"],
    ["live", "x86_64"],
    ["live", "arm64"],
  ])("has a static engine in the %s layer for %s", (kind, architecture) => {
    const engine = join(treePath(kind, architecture), ENGINE);
    const headers = execFileSync("readelf", ["--file-header", "--program-headers", "--dynamic", engine]);
    expect(String(headers)).toMatch(new RegExp(`Machine: +${MACHINES[architecture]}\n`));
    expect(String(headers)).not.toMatch(/INTERP|NEEDED/);
    expect(Buffer.from(readLayer(kind, architecture)[ENGINE] ?? []).equals(readFileSync(engine))).toBe(true);
  });

  it.each<Kind>(["plain", "live"])("has the same scripts, bytecode and licences in both %s layers", (kind) => {
    const { [ENGINE]: engine, ...files } = sumsOf(readLayer(kind, "x86_64"));
    const { [ENGINE]: engineOfArm, ...filesOfArm } = sumsOf(readLayer(kind, "arm64"));
    expect(Object.keys(files)).toContain("secrets-wrapper/fetcher.qbc");
    expect(filesOfArm).toEqual(files);
    expect(engineOfArm).not.toBe(engine);
  });
});
