import { explainExecFailure } from "../../fetcher/exec-failure.ts";
import { expectFaults } from "../core/expect-problems.ts";
import { CANARY, expectNoCanary } from "../support/canary.ts";

const failure = (code: string) => Object.assign(new Error(`execve: ${CANARY}`), { code });

it("names the five largest variables where all together are too large for the kernel", () => {
  const sizes = { A: 100, B: 600, C: 200, D: 500, E: 300, F: 400 };
  const variables = new Map(Object.entries(sizes).map(([name, size]) => [name, CANARY.padEnd(size, "x")]));
  const fault = explainExecFailure("/bin/node", failure("E2BIG"), variables);
  const remedy =
    /B \(600 bytes\), D \(500 bytes\), F \(400 bytes\), E \(300 bytes\), C \(200 bytes\)\..*single JSON keys/;
  expectFaults([fault], ["SECRETS", "EnvironmentTooLarge", /kernel's limit$/, remedy]);
  expectNoCanary(fault);
});

it("counts bytes, not characters", () => {
  const variables = new Map(Object.entries({ ASCII: "abc", OTHER: "éé" }));
  expect(explainExecFailure("/bin/node", failure("E2BIG"), variables)).toMatchObject({
    remedy: expect.stringContaining("OTHER (4 bytes), ASCII (3 bytes)"),
  });
});

it.each(["ENOENT", "EACCES", "ENOEXEC"])("names the file where it cannot be executed (%s)", (code) => {
  const fault = explainExecFailure("/var/lang/bin/node", failure(code), new Map([["A", CANARY]]));
  const cause = new RegExp(`cannot be executed \\(${code}\\)`);
  expectFaults([fault], ["/var/lang/bin/node", "ExecFailed", cause, /exists, is executable.*architecture/]);
  expectNoCanary(fault);
});
