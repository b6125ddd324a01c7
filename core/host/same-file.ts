import { statSync } from "node:fs";

/** Whether two paths lead to one file. A path that leads nowhere is no file's. */
export function isSameFile(a: string, b: string): boolean {
  const identity = identify(a);
  return identity !== undefined && identity === identify(b);
}

function identify(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
