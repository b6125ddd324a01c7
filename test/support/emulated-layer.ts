import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ARCHITECTURE, treePath, zipPath } from "../../layer/paths.ts";
import { missingProgram } from "./needs.ts";

/** The architecture that this machine does not have. */
export const OTHER = ARCHITECTURE === "arm64" ? "x86_64" : "arm64";
export const OTHER_ZIP = zipPath("plain", OTHER);

const QEMU = OTHER === "arm64" ? "qemu-aarch64-static" : "qemu-x86_64-static";

/** A layer for it whose engine QEMU runs. */
export function emulatedLayer(): string {
  const layer = mkdtempSync(join(tmpdir(), "emulated-"));
  cpSync(treePath("plain", OTHER), layer, { recursive: true });
  const engine = join(layer, "secrets-wrapper", "engine");
  renameSync(engine, `${engine}-${OTHER}`);
  const qemu = execFileSync("sh", ["-c", `command -v ${QEMU}`], { encoding: "utf8" }).trim();
  writeFileSync(engine, `#!/bin/sh\nexec ${qemu} "$0-${OTHER}" "$@"\n`, { mode: 0o755 });
  return layer;
}

/** Says what is missing for that, if anything is. */
export function missingForEmulation(): string | undefined {
  if (!existsSync(OTHER_ZIP)) return `the layer for ${OTHER} was not built, which takes Rust`;
  return missingProgram([QEMU]) && `there is no ${QEMU} (qemu-user-static) on this machine`;
}
