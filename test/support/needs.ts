import { spawnSync } from "node:child_process";

/** Tests that need a program. */
export function describeWith(program: string, name: string, body: () => void): void {
  describeUnless(missingProgram([program]), name, body);
}

/**
 * Tests that a machine may lack something for: they are skipped, with the reason in their name.
 * In CI they fail instead, so that nothing passes by not being there.
 */
export function describeUnless(missing: string | undefined, name: string, body: () => void): void {
  if (missing === undefined) {
    describe(name, body);
  } else if (process.env.CI) {
    test(name, () => {
      throw new Error(missing);
    });
  } else {
    // The one place where tests are skipped: not every machine has every runtime.
    describe.skip(`${name} (skipped: ${missing})`, body);
  }
}

/** Says which of some programs is not there, if one is not. */
export function missingProgram(programs: string[]): string | undefined {
  const missing = programs.find((program) => spawnSync(program, ["--version"]).error !== undefined);
  return missing && `there is no ${missing} on this machine`;
}
