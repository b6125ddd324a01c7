import type { Fault } from "../fault/fault.ts";
import { faultOf } from "./entry-fault.ts";
import { problemOf } from "./grammar.ts";
import type { Entry } from "./parse.ts";

/** Two entries cannot share a file, and a file cannot be inside another entry's file or directory. */
export function findSharedPaths(entries: Entry[]): Fault[] {
  const withFile = entries.flatMap((entry) => (entry.file ? [{ entry, path: entry.file.path }] : []));
  const taken = new Set(withFile.map(({ path }) => path));
  const seen = new Set<string>();
  return withFile.flatMap(({ entry, path }) => {
    const outer = parentsOf(path).find((parent) => taken.has(parent));
    const problem = seen.has(path)
      ? problemOf("sharedPath", "same", path)
      : outer && problemOf("sharedPath", "nested", path, outer);
    seen.add(path);
    return problem ? [faultOf(entry, problem)] : [];
  });
}

function parentsOf(path: string): string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
}
