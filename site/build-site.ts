import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../layer/paths.ts";
import { npmPackages } from "../test/support/tools.ts";
import { pagePath } from "./repository-links.ts";
import { PAGES } from "./sidebar.ts";

const SITE = join(ROOT, "site");

/** Makes the static site of the pages in a folder. `options`: VitePress's own. */
export function buildSite(output: string, options: string[]): void {
  const packages = npmPackages(SITE);
  const sources = mkdtempSync(join(tmpdir(), "site-"));
  try {
    cpSync(SITE, sources, { recursive: true });
    symlinkSync(packages, join(sources, "node_modules"));
    for (const page of PAGES) cpSync(join(ROOT, page), join(sources, pagePath(page)));
    for (const name of readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".svg")))
      cpSync(join(ROOT, "docs", name), join(sources, "docs", name));
    const vitepress = join(packages, "vitepress", "bin", "vitepress.js");
    const args = [vitepress, "build", sources, "--outDir", output, ...options];
    execFileSync(process.execPath, args, { cwd: ROOT, stdio: ["ignore", 2, 2] });
  } finally {
    rmSync(sources, { recursive: true });
  }
}
