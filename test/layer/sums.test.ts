import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DIST } from "../../layer/paths.ts";
import { describeUnless } from "../support/needs.ts";
import { missingLayer } from "../support/trees.ts";

describeUnless(missingLayer, "SHA256SUMS", () => {
  it("has the right sum of each zip and SBOM", () => {
    execFileSync("sha256sum", ["--check", "--strict", "--quiet", "SHA256SUMS"], { cwd: DIST });
    const lines = readFileSync(join(DIST, "SHA256SUMS"), "utf8").trim().split("\n");
    const released = readdirSync(DIST).filter((name) => /\.(?:zip|cdx\.json)$/.test(name));
    expect(lines.map((line) => line.slice(66))).toEqual(released.sort());
  });
});
