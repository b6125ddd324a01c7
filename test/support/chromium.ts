import { cpSync } from "node:fs";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { ensureBuilt, runTool } from "../../layer/ensure-built.ts";
import { ROOT } from "../../layer/paths.ts";
import { newerNode, npmPackages } from "./tools.ts";

const SOURCES = join(ROOT, "test", "tools", "chromium");

/** Why there is no Chromium for this machine, if there is none. */
export function missingChromium(): string | undefined {
  return platform() === "linux" && arch() === "x64" ? undefined : "npm's Chromium is for Linux on x86_64";
}

/** Starts a headless Chromium with an empty profile. Whoever calls closes it. */
export function startChromium(): Promise<Browser> {
  const folder = ensureBuilt(SOURCES, ["package-lock.json", "unpack.mjs"], unpack);
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    args: OPTIONS,
    env: { ...process.env, LD_LIBRARY_PATH: join(folder, "al2023", "lib") },
  });
}

function unpack(sources: string, folder: string): void {
  cpSync(join(sources, "unpack.mjs"), join(folder, "unpack.mjs"));
  cpSync(npmPackages(sources), join(folder, "node_modules"), { recursive: true });
  runTool(folder, join(newerNode(), "node"), ["unpack.mjs"], { TMPDIR: folder });
}

const OPTIONS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
