import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LAYER, ROOT } from "../../layer/paths.ts";
import { buildImage, missingForImage } from "../support/image.ts";
import { describeUnless } from "../support/needs.ts";
import { oncePerSources } from "../support/once.ts";
import { run } from "../support/run.ts";
import { missingLayer } from "../support/trees.ts";

const SLOW_MS = 600_000;

describeUnless(missingLayer ?? missingForImage, "the image to copy from", () => {
  it(
    "has the layer of its architecture in /opt, ready to run, and nothing else",
    () => oncePerSources("release-image", ["release/image", "test/release/image.test.ts"], buildAndRun),
    SLOW_MS,
  );
});

async function buildAndRun(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "release-image-"));
  cpSync(join(ROOT, "release", "image"), folder, { recursive: true });
  // A folder for each architecture, of which an image has its own.
  for (const name of ["amd64", "arm64"]) mkdirSync(join(folder, name));
  cpSync(LAYER, join(folder, process.arch === "arm64" ? "arm64" : "amd64"), { recursive: true });
  const image = buildImage(folder);
  try {
    expect(readdirSync(image.root)).toEqual(["opt"]);
    const { status, stdout } = await run(join(image.root, "opt", "wrapper"), ["--version"], { PATH: "/bin:/usr/bin" });
    expect({ status, stdout: stdout.toString() }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^secrets-wrapper \d/),
    });
  } finally {
    image.remove();
    rmSync(folder, { recursive: true });
  }
}
