// Usage: npm run docs. Writes what is made of the sources: the tables of inputs and outputs in the Terraform modules'
// READMEs, the one of docs/retries.md, the messages in docs/errors.md, and the picture in the README.

import { execFileSync } from "node:child_process";
import { writePictures } from "./support/cold-start-picture.ts";
import { writeErrors } from "./support/errors-document.ts";
import { writeSimulation } from "./support/simulation-document.ts";
import { DOCUMENTED_MODULES, terraformDocs } from "./support/terraform-docs.ts";

for (const module of DOCUMENTED_MODULES) {
  const [program, args] = terraformDocs(module);
  execFileSync(program, args, { stdio: "inherit" });
}
await writeSimulation();
await writeErrors();
await writePictures();
