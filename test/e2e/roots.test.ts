// The layer needs nothing of the system that it starts in.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { missingForRoot, onBusyboxRoot, onEmptyRoot, onMachine } from "../support/root.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";

const SHOW_TOKEN = ["sh", "-c", 'echo "$TOKEN"'];
const THROUGH_SHELL = ["/opt/wrapper", ...SHOW_TOKEN];
const ENGINE = ["/opt/secrets-wrapper/engine", "/opt/secrets-wrapper/fetcher.qbc"];

let store: Store;
let task: string;
beforeAll(async () => {
  store = await startStore({ "prod/token": "value" });
  task = mkdtempSync(join(tmpdir(), "roots-"));
});
afterAll(() => {
  store.close();
  rmSync(task, { recursive: true });
});

async function expectStart(root: string[], command: string[]): Promise<void> {
  const [program = "", ...args] = [...root, ...command];
  const ended = await run(program, args, lambdaEnv(store.url, { TOKEN: "prod/token" }));
  expect(ended).toMatchObject({ status: 0, stderr: "", stdout: Buffer.from("value\n") });
}

describeUnless(missingForRoot() ?? missingProgram(["busybox"]), "the layer starts in a root file system", () => {
  it("that is empty", async () => {
    execFileSync("sh", ["-c", 'cp "$(command -v busybox)" "$0"', join(task, "busybox")]);
    await expectStart(onEmptyRoot(task), [...ENGINE, "/var/task/busybox", ...SHOW_TOKEN]);
  });

  it("of busybox", () => expectStart(onBusyboxRoot(task), THROUGH_SHELL));
});

describeUnless(missingForRoot() ?? missingDebian(), "the layer starts in a root file system", () => {
  it("of Debian", () => expectStart(onMachine(task), THROUGH_SHELL));
});

/** This machine's own stands for it. */
function missingDebian(): string | undefined {
  const isDebian = /^ID(?:_LIKE)?=.*\bdebian\b/m.test(readFileSync("/etc/os-release", "utf8"));
  return isDebian ? undefined : "this machine has neither Debian nor a system made of it";
}
