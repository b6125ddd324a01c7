import { existsSync } from "node:fs";
import which from "which";
import type { Fault, Problem } from "../../core/fault/fault.ts";
import { failure, type Result, success } from "../../core/fault/result.ts";
import type { Command } from "../../fetcher/command.ts";

/** The program to start, found as a shell of this system finds it. */
export function findCommand(argv: [string, ...string[]]): Result<Command, Fault[]> {
  const [program] = argv;
  const file = which.sync(program, { nothrow: true });
  if (file) return success({ file, argv });
  const problem = existsSync(program) && /[\\/]/.test(program) ? NOT_EXECUTABLE : NOT_FOUND;
  return failure([{ subject: program, ...problem }]);
}

const NOT_FOUND: Problem = {
  code: "ProgramNotFound",
  cause: "the program does not exist",
  remedy: "Correct its name or path, or PATH.",
};
const NOT_EXECUTABLE: Problem = {
  code: "ExecFailed",
  cause: "it is not an executable file",
  remedy: "Correct its path, or its permissions with chmod +x.",
};
