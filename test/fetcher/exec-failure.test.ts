import { explainExecFailure } from "../../fetcher/exec-failure.ts";
import { CANARY, expectFaults } from "../core/builders.ts";

const failure = (code: string) => Object.assign(new Error(`execve: ${CANARY}`), { code });

it("names the five largest variables where all together are too large for the kernel", () => {
  const sizes = { A: 10, B: 60, C: 20, D: 50, E: 30, F: 40 };
  const variables = new Map(Object.entries(sizes).map(([name, size]) => [name, CANARY.padEnd(size, "x")]));
  const fault = explainExecFailure("/bin/node", failure("E2BIG"), variables);
  const remedy = /B \(60 bytes\), D \(50 bytes\), F \(40 bytes\), E \(30 bytes\), C \(20 bytes\)\..*single JSON keys/;
  expectFaults([fault], ["SECRETS", "EnvironmentTooLarge", /kernel's limit$/, remedy]);
  expect(JSON.stringify(fault)).not.toContain(CANARY);
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
  expect(JSON.stringify(fault)).not.toContain(CANARY);
});
