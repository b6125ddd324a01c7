import type { Env } from "../../core/host/env.ts";
import type { Log } from "../../core/host/log.ts";
import { execute } from "../../fetcher/execute.ts";
import { CANARY, expectNoCanary } from "../support/canary.ts";

const COMMAND = { file: "/var/lang/bin/node", argv: ["node", "index.js"] };

/** Executes with one secret; gives what the process would be replaced with, and what was logged. */
async function executeWith(env: Env, fail?: string) {
  const calls: unknown[] = [];
  const lines: string[] = [];
  const execve = (...call: unknown[]) => {
    calls.push(call);
    if (fail) throw Object.assign(new Error(CANARY), { code: fail });
  };
  const log: Log = (level, message) => lines.push(`${level} ${typeof message === "string" ? message : message()}`);
  const executed = await execute(COMMAND, new Map([["TOKEN", CANARY]]), env, log, execve);
  return { calls, lines, fault: executed.ok ? undefined : executed.error };
}

it("adds the values to what was inherited, and logs their names alone", async () => {
  const { calls, lines, fault } = await executeWith({ PATH: "/bin" });
  expect(calls).toEqual([[COMMAND.file, COMMAND.argv, { PATH: "/bin", TOKEN: CANARY }]]);
  expect([fault, lines]).toEqual([undefined, [expect.stringMatching(/^DEBUG .*TOKEN/)]]);
  expectNoCanary(lines);
});

it("passes on a variable of any name", async () => {
  const [call] = (await executeWith(JSON.parse('{"__proto__": "inherited"}'))).calls as [unknown[]];
  expect(Object.entries(call[2] as object)).toEqual([
    ["__proto__", "inherited"],
    ["TOKEN", CANARY],
  ]);
});

it("lets a secret win over the configuration, with a warning that quotes neither", async () => {
  const { calls, lines } = await executeWith({ TOKEN: "configured" });
  expect(calls).toEqual([[COMMAND.file, COMMAND.argv, { TOKEN: CANARY }]]);
  expect(lines).toContainEqual(expect.stringMatching(/^WARN TOKEN/));
  expect(lines.join()).not.toContain("configured");
  expectNoCanary(lines);
});

it("says why the runtime could not be executed", async () => {
  const { fault } = await executeWith({}, "ENOEXEC");
  expect(fault).toMatchObject({ subject: COMMAND.file, code: "ExecFailed" });
  expectNoCanary(fault);
});
