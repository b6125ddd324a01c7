import { join } from "node:path";
import { ROOT } from "../layer/paths.ts";

export const CONFIGURATION = join(ROOT, "examples", "acceptance");
export const DOCUMENT = join(ROOT, "docs", "acceptance.md");

/** The sources of the functions in a language. */
export const FUNCTIONS = (language: string) => join(CONFIGURATION, "functions", language);
