// This machine in place of Lambda, for the fetcher's program.

import { tmpdir } from "node:os";
import { resolve } from "node:path";
import "../../engine/node/globals.ts";
import type { Env } from "../../core/host/env.ts";
import type { Log } from "../../core/host/log.ts";
import { type Caller, findCaller } from "./caller.ts";
import { createLocalLog } from "./local-log.ts";

globalThis.temporaryFolder = resolve(tmpdir());

export type Host = {
  /** The environment of the program, and its log. */
  env: Env;
  log: Log;
  /** What this machine's environment has of the variables that the program's has replaced. */
  originals: Env;
  caller: Caller;
};

/** `file`: a file of entries in place of SECRETS and SECRETS_FILE. */
export async function prepareHost(file: string | undefined): Promise<Host> {
  const inherited = { ...process.env };
  // The SDK is pinned: the Node that its next versions need is no concern of whoever runs this.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const caller = await findCaller();
  const entries = file === undefined ? {} : { SECRETS: undefined, SECRETS_FILE: file };
  const replaced = { ...caller.variables, ...entries, LAMBDA_TASK_ROOT: undefined };
  const originals = Object.fromEntries(Object.keys(replaced).map((name) => [name, inherited[name]]));
  const env = { ...inherited, ...replaced };
  return { env, log: createLocalLog(env, (line) => process.stderr.write(line)), originals, caller };
}
