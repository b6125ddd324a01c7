// Signals both ways. On Windows there are none to send: a console tells all its processes, and this tool waits.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { bundledTool, endOf, runTool, type Tool } from "../support/cli.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";

let tool: Tool;
beforeAll(async () => {
  tool = await bundledTool();
});
afterAll(() => tool.remove());

const env = {
  PATH: process.env.PATH ?? "",
  SECRETS: "{}",
  SECRETS_LOG_LEVEL: "WARN",
  AWS_EC2_METADATA_DISABLED: "true",
};
const windows = process.platform === "win32" ? "Windows has no signals" : undefined;

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1"] as const;

/** Prints the tool's pid, then each signal that comes, until the last, which any other has come before. */
const PRINT_SIGNALS = `
  for (const signal of ${JSON.stringify(SIGNALS)}) process.on(signal, () => console.log(signal));
  process.on("SIGUSR2", () => process.exit(42));
  setInterval(() => {}, 1000);
  console.log(process.ppid);
`;

describeUnless(windows, "a signal to the tool", () => {
  it("reaches the command, which decides what comes of it", async () => {
    const child = spawn(process.execPath, [tool.cli, "run", "--", process.execPath, "-e", PRINT_SIGNALS], { env });
    const ended = endOf(child);
    const lines = linesOf(child);
    await lines.until(1);
    for (const [index, signal] of SIGNALS.entries()) {
      child.kill(signal);
      await lines.until(index + 2);
    }
    child.kill("SIGUSR2");
    expect(await ended).toEqual({ status: 42, signal: null });
    expect(lines.all()).toEqual([String(child.pid), ...SIGNALS]);
  });
});

describeUnless(windows, "a command that ends by a signal", () => {
  const endBy = (signal: string) =>
    runTool(
      tool,
      ["run", "--", process.execPath, "-e", `process.kill(process.pid, "${signal}"); setTimeout(() => {}, 9e4)`],
      {
        env,
      },
    );

  it.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"])("ends the tool by the same: %s", async (signal) => {
    expect(await endBy(signal)).toMatchObject({ status: null, signal, stderr: "" });
  });

  it("ends it by the status of a shell where the signal would dump its memory", async () => {
    expect(await endBy("SIGABRT")).toMatchObject({ status: 128 + 6, signal: null, stderr: "" });
  });
});

describeUnless(windows ?? missingProgram(["python3"]), "at a terminal", () => {
  it("a key's signal reaches the command once", async () => {
    const command = [process.execPath, tool.cli, "run", "--", process.execPath, "-e", PRINT_SIGNALS];
    const child = spawn("python3", ["-c", AT_A_TERMINAL, ...command], { env });
    const ended = endOf(child);
    const lines = linesOf(child);
    await lines.until(1);
    const pid = Number(lines.all()[0]);
    // The tool sees the key's signal after the command has: two that come at once would be one.
    process.kill(pid, "SIGSTOP");
    child.stdin.write("\x03");
    await lines.until(2);
    process.kill(pid, "SIGCONT");
    process.kill(pid, "SIGUSR2");
    expect(await ended).toEqual({ status: 42, signal: null });
    expect(lines.all().slice(1)).toEqual([expect.stringMatching(/^(?:\^C)?SIGINT$/)]);
  });
});

/** Runs a command at a terminal of its own, whose keys are the standard input. */
const AT_A_TERMINAL = `
import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
`;

/** The whole lines of its output so far. */
function linesOf(child: ChildProcess) {
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk) => {
    text += chunk;
  });
  const all = () => text.split(/\r?\n/).slice(0, -1);
  const until = async (count: number) => {
    while (all().length < count) await once(child.stdout as NonNullable<typeof child.stdout>, "data");
  };
  return { all, until };
}
