import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CACHE } from "../../layer/paths.ts";

/** Where what is built of the candidates' sources lies. */
export const BUILT = join(CACHE, "bench");

/** A candidate's file or folder in bench/. */
export function sourceOf(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
