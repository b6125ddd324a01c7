import type { Fault } from "../core/fault/fault.ts";

/** Says why the function's runtime could not be executed. `error` is what execve threw. */
export function explainExecFailure(file: string, error: unknown, variables: Map<string, string>): Fault {
  const code = String((error as { code?: unknown }).code);
  return code === "E2BIG" ? tooLarge(variables) : notExecutable(file, code);
}

function notExecutable(file: string, code: string): Fault {
  return {
    subject: file,
    code: "ExecFailed",
    cause: `it cannot be executed (${code})`,
    remedy: "Check that the file exists, is executable, and is for this architecture.",
  };
}

/** The limit is the kernel's own, a quarter of the stack's, and is not known before. */
function tooLarge(variables: Map<string, string>): Fault {
  const sizes = [...variables].map(([name, value]) => ({ name, bytes: Buffer.byteLength(value) }));
  const largest = sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 5);
  return {
    subject: "SECRETS",
    code: "EnvironmentTooLarge",
    cause: "all variables together exceed the kernel's limit",
    remedy: `The largest are ${largest.map(({ name, bytes }) => `${name} (${bytes} bytes)`).join(", ")}. Use fewer or smaller values: single JSON keys instead of whole secrets or wildcards.`,
  };
}
