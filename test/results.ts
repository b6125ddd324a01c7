// Usage: npm run results. Runs the tests that record results, and writes docs/results.md.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ROOT } from "../layer/paths.ts";
import { DOCUMENT, renderResults } from "./support/results-document.ts";

const RECORDING = ["faults", "runtimes", "provided", "chaining"].map((name) => `test/e2e/${name}.test.ts`);

execFileSync("npm", ["run", "--silent", "build"], { cwd: ROOT, stdio: "inherit" });
execFileSync("npx", ["jest", ...RECORDING], { cwd: ROOT, stdio: "inherit" });
mkdirSync(dirname(DOCUMENT), { recursive: true });
writeFileSync(DOCUMENT, renderResults());
console.log(`Wrote ${DOCUMENT}.`);
