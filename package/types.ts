import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../layer/paths.ts";

/**
 * Writes the construct's declarations into the folders esm and cjs of `folder`: a declaration's format is that of the
 * package.json above it.
 */
export function emitTypes(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const [esm, cjs] = [join(folder, "esm"), join(folder, "cjs")];
  tsc(["--project", join(ROOT, "package", "tsconfig.json"), "--outDir", esm], "inherit");
  keepReferred(esm, join(esm, "cdk", "index.d.ts"));
  cpSync(esm, cjs, { recursive: true });
  writeFileSync(join(cjs, "package.json"), '{ "type": "commonjs" }\n');
}

/** TypeScript writes a declaration for each source of the construct; most of them its own one does not refer to. */
function keepReferred(folder: string, declaration: string): void {
  const resolution = ["--module", "esnext", "--moduleResolution", "bundler", "--types", ""];
  const referred = tsc(["--ignoreConfig", "--listFilesOnly", ...resolution, declaration]).split("\n");
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (file.isFile() && !referred.includes(path)) rmSync(path);
  }
}

/** It reports faults on standard output. */
function tsc(args: string[], stdout: "inherit" | "pipe" = "pipe"): string {
  const program = join(ROOT, "node_modules", ".bin", "tsc");
  return execFileSync(program, args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", stdout, "inherit"] });
}
