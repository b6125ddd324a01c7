// Usage: npm run docs. Writes the tables of inputs and outputs in the Terraform modules' READMEs, and the one of docs/retries.md.

import { execFileSync } from "node:child_process";
import { writeSimulation } from "./support/simulation-document.ts";
import { DOCUMENTED_MODULES, terraformDocs } from "./support/terraform-docs.ts";

for (const module of DOCUMENTED_MODULES) {
  const [program, args] = terraformDocs(module);
  execFileSync(program, args, { stdio: "inherit" });
}
await writeSimulation();
