import { accessSync, constants, statSync } from "node:fs";
import type { Fault, Problem } from "../core/fault/fault.ts";
import { failure, type Result, success } from "../core/fault/result.ts";
import type { Env } from "../core/host/env.ts";
import { isSameFile } from "../core/host/same-file.ts";

/** What replaces this process: a file, and argv with the program's own name in front. */
export type Command = { file: string; argv: string[] };

/** The function's runtime, as the bootstrap asked for it, behind the wrappers of SECRETS_NEXT_WRAPPER. `self` is the wrapper beside us. */
export function buildCommand(runtime: string[], env: Env, self: string): Result<Command, Fault[]> {
  const own = [self, env.AWS_LAMBDA_EXEC_WRAPPER ?? ""];
  const nextWrappers = (env.SECRETS_NEXT_WRAPPER ?? "").split(":").filter((path) => path !== "");
  const faults = nextWrappers.flatMap((path) => checkWrapper(path, own));
  const argv = [...nextWrappers, ...runtime];
  const [asked] = runtime;
  if (asked?.startsWith("-")) return failure([{ subject: asked, ...UNKNOWN_OPTION }]);
  const [program] = argv;
  if (program === undefined) return failure([NO_PROGRAM]);
  if (faults.length > 0) return failure(faults);
  const file = findProgram(program, env.PATH ?? DEFAULT_PATH);
  return file === undefined ? failure([notFound(program)]) : success({ file, argv });
}

/** As execvp does: a name without a slash is looked for in PATH. */
function findProgram(program: string, path: string): string | undefined {
  if (program.includes("/")) return program;
  const candidates = path.split(":").map((directory) => `${directory || "."}/${program}`);
  return candidates.find((file) => isFile(file) && isExecutable(file));
}

/** Besides our own: Lambda's two tests, in its words. */
function checkWrapper(path: string, own: string[]): Fault[] {
  if (!isFile(path)) return [notAWrapper(path, "does not exist")];
  if (own.some((wrapper) => isSameFile(wrapper, path))) return [loop(path)];
  return isExecutable(path) ? [] : [notAWrapper(path, "is not an executable")];
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function notAWrapper(path: string, wrong: string): Fault {
  return {
    subject: "SECRETS_NEXT_WRAPPER",
    code: "InvalidSetting",
    cause: `${path}: ${wrong}`,
    remedy: "Use paths of executable files, separated by colons, and check that their layers are attached.",
  };
}

function loop(path: string): Fault {
  return {
    subject: "SECRETS_NEXT_WRAPPER",
    code: "InvalidSetting",
    cause: `${path} is this wrapper itself`,
    remedy: "List only the wrappers that run after this one.",
  };
}

function notFound(program: string): Fault {
  return {
    subject: program,
    code: "ProgramNotFound",
    cause: "the program is not in PATH",
    remedy: "Use its absolute path, or correct PATH.",
  };
}

/** What execvp of musl searches where PATH is not set; glibc's has the last two. An empty PATH is the current folder. */
const DEFAULT_PATH = "/usr/local/bin:/bin:/usr/bin";

const UNKNOWN_OPTION: Problem = {
  code: "UnknownOption",
  cause: "the wrapper has no such option, or the option is not alone",
  remedy: "Use --check, --version or --help alone, or the program to start with its arguments.",
};
const NO_PROGRAM: Fault = {
  subject: "wrapper",
  code: "ProgramNotFound",
  cause: "no program to start was given",
  remedy: "Lambda passes the runtime's command line; outside Lambda, use for example: wrapper node index.js.",
};
