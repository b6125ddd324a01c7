import { cpSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt, runTool } from "../../layer/ensure-built.ts";
import { ROOT } from "../../layer/paths.ts";

/** The folder of publint and attw (Are the types wrong?). */
export function packageTools(): string {
  const folder = ensureBuilt(join(ROOT, "test", "tools", "package"), ["package-lock.json"], (sources, folder) => {
    for (const name of ["package.json", "package-lock.json"]) cpSync(join(sources, name), join(folder, name));
    runTool(folder, "npm", ["ci", "--no-audit", "--no-fund"]);
  });
  return join(folder, "node_modules", ".bin");
}
