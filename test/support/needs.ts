import { spawnSync } from "node:child_process";

/**
 * Tests that need a program: without it they are skipped, with the reason in their name.
 * In CI they fail instead, so that nothing passes by not being there.
 */
export function describeWith(program: string, name: string, body: () => void): void {
  const isMissing = spawnSync(program, ["--version"]).error !== undefined;
  if (!isMissing) {
    describe(name, body);
  } else if (process.env.CI) {
    test(name, () => {
      throw new Error(`there is no ${program} on this machine`);
    });
  } else {
    // The one place where tests are skipped: not every machine has every runtime.
    describe.skip(`${name} (skipped: no ${program} on this machine)`, body);
  }
}
