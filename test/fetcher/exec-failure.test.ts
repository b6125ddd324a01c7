import { explainExecFailure } from "../../fetcher/exec-failure.ts";
import { CANARY, expectFaults } from "./given.ts";

const failure = (code: string) => Object.assign(new Error(`execve: ${CANARY}`), { code });

it("names the five largest variables where all together are too large for the kernel", () => {
  const sizes = { A: 10, B: 60, C: 20, D: 50, E: 30, F: 40 };
  const variables = new Map(Object.entries(sizes).map(([name, size]) => [name, CANARY.padEnd(size, "x")]));
  const fault = explainExecFailure("/bin/node", failure("E2BIG"), variables);
  const cause = /kernel's limit.* 60, 50, 40, 30, 20 bytes/;
  expectFaults([fault], ["B, D, F, E, C", "EnvironmentTooLarge", cause, /single JSON keys/]);
  expect(JSON.stringify(fault)).not.toContain(CANARY);
});

it("counts bytes, not characters", () => {
  const variables = new Map(Object.entries({ ASCII: "abc", OTHER: "éé" }));
  expect(explainExecFailure("/bin/node", failure("E2BIG"), variables)).toMatchObject({ subject: "OTHER, ASCII" });
});

it.each(["ENOENT", "EACCES", "ENOEXEC"])("names the file where it cannot be executed (%s)", (code) => {
  const fault = explainExecFailure("/var/lang/bin/node", failure(code), new Map([["A", CANARY]]));
  const cause = new RegExp(`cannot be executed \\(${code}\\)`);
  expectFaults([fault], ["/var/lang/bin/node", "ExecFailed", cause, /exists, is executable.*architecture/]);
  expect(JSON.stringify(fault)).not.toContain(CANARY);
});
