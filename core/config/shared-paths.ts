import type { Fault, Problem } from "../fault/fault.ts";
import type { Entry } from "./parse.ts";

/** Two entries cannot share a file, and a file cannot be inside another entry's file or directory. */
export function findSharedPaths(entries: Entry[]): Fault[] {
  const withFile = entries.flatMap((entry) => (entry.file ? [{ entry, path: entry.file.path }] : []));
  const taken = new Set(withFile.map(({ path }) => path));
  const seen = new Set<string>();
  return withFile.flatMap(({ entry, path }) => {
    const outer = parentsOf(path).find((parent) => taken.has(parent));
    const problem = seen.has(path) ? sameFile(path) : outer && nested(path, outer);
    seen.add(path);
    return problem ? [faultOf(entry, problem)] : [];
  });
}

function parentsOf(path: string): string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));
}

function sameFile(path: string): Problem {
  return { code: "DuplicateEntry", cause: `another entry also uses the file ${path}`, remedy: GIVE_EACH };
}

function nested(path: string, outer: string): Problem {
  return {
    code: "DuplicateEntry",
    cause: `the file ${path} is inside ${outer}, which another entry uses`,
    remedy: GIVE_EACH,
  };
}

function faultOf({ subject, location, reference }: Entry, problem: Problem): Fault {
  return { ...problem, subject, ...(location && { location }), secret: reference.id };
}

const GIVE_EACH = "Give each entry its own path.";
