import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { terraformTools } from "./tools.ts";

/** The modules that users call: their READMEs have tables of inputs and outputs. */
export const DOCUMENTED_MODULES = ["terraform", "terraform/modules/layer"];

/** The program and its arguments that write a module's tables. */
export function terraformDocs(module: string): [program: string, args: string[]] {
  const config = join(ROOT, "terraform", ".terraform-docs.yml");
  return [join(terraformTools(), "terraform-docs"), ["--config", config, join(ROOT, module)]];
}
