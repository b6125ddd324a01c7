/** What `cat /proc/self/environ` printed, by name, in bytes; names as UTF-8. */
export function parseEnviron(stdout: Buffer): Map<string, Buffer> {
  const variables = new Map<string, Buffer>();
  for (let start = 0; start < stdout.length; ) {
    const end = stdout.indexOf(0, start);
    const equals = stdout.indexOf("=", start);
    variables.set(stdout.toString("utf8", start, equals), stdout.subarray(equals + 1, end));
    start = end + 1;
  }
  return variables;
}

/** What was printed beyond these variables and those of a shell, as text. */
export function addedTo(env: Record<string, string>, stdout: Buffer): Record<string, string> {
  const added = [...parseEnviron(stdout)].filter(([name]) => !(name in env) && !/^(PWD|SHLVL|_)$/.test(name));
  return Object.fromEntries(added.map(([name, value]) => [name, String(value)]));
}

export const PRINT_ENVIRON = ["cat", "/proc/self/environ"];
