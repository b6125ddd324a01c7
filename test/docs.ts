// Usage: npm run docs. Writes the tables of inputs and outputs in terraform/README.md, and the one of docs/retries.md.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../layer/paths.ts";
import { writeSimulation } from "./support/simulation-document.ts";
import { terraformTools } from "./support/tools.ts";

execFileSync(join(terraformTools(), "terraform-docs"), [join(ROOT, "terraform")], { stdio: "inherit" });
await writeSimulation();
