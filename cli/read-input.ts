import { readFileSync } from "node:fs";

/** The text of a file that the user names. */
export function readInput(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Check its path and permissions.`,
    );
  }
}
