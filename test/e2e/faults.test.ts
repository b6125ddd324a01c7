import { leakingFiles, watchProcesses } from "../support/canary.ts";
import { causeOf, expectNoLeak, expectTold, type FaultedRun, runWithFault } from "../support/fault-run.ts";
import { answering, healthy } from "../support/fault-servers.ts";
import { foreignWords } from "../support/fault-targets.ts";
import { type Case, FAULTS } from "../support/faults.ts";
import { describeWith } from "../support/needs.ts";
import { record } from "../support/results.ts";
import { WRAPPERS } from "../support/trees.ts";

const DEFAULT_SECONDS = 5;

const startedMs = Date.now();
const stopWatching = watchProcesses();
const runs = new Map<Case, FaultedRun>();

describeWith("openssl", "every fault", () => {
  describe.each(WRAPPERS)("on %s", (engine, wrapper) => {
    let startUpMs: number;
    beforeAll(async () => {
      const without = await runWithFault(wrapper, { provoke: answering(healthy), secrets: { DB: "prod/db" } });
      expect(without).toMatchObject({ status: 0, started: true, stderr: "" });
      startUpMs = without.ms;
    });

    it.concurrent.each(FAULTS)("of a $target.kind: $name", async (fault) => {
      const ended = await runWithFault(wrapper, fault);
      if (engine === "engine") runs.set(fault, ended);
      expectNoLeak(ended);
      expectTime(fault, ended.ms, startUpMs);
      if (fault.says === undefined) {
        expect(ended).toMatchObject({ status: 0, started: true, told: "" });
      } else {
        expect(ended).toMatchObject({ status: 1, started: false, stdout: Buffer.alloc(0) });
        expect(ended.stderr).toMatch(reportOf(fault, fault.says));
        expect(withoutDetail(errorsIn(ended.stderr))).not.toMatch(foreignWords(fault.target));
        expectTold(ended.told, fault);
      }
    });
  });

  it("has no secret in any process's command line, or in a file of /tmp", () => {
    expect(stopWatching()).toEqual([]);
    expect(leakingFiles(startedMs)).toEqual([]);
  });
});

afterAll(() => {
  for (const fault of FAULTS) {
    const ended = runs.get(fault);
    const message = ended?.stderr.match(/ERROR (.*)/)?.[1] ?? "none: the program starts";
    // How often depends on chance, and so does a port.
    const shown = message
      .replace(/ It was tried \d+( to \d+)? times\./, " It was tried … times.")
      .replaceAll(/(127\.0\.0\.1):\d+/g, "$1:…");
    if (ended) record("faults", { of: fault.target.kind, fault: fault.name, message: shown });
  }
});

/** The whole of what is logged: after one second what is waited for, the fault, the outcome. */
function reportOf({ hit, seconds, target, remedy = "" }: Case, says: string): RegExp {
  const [code] = says.split(":");
  // On a slow machine the other service is waited for as well.
  const others = String.raw`(?:\[secrets-wrapper\] WARN .* for one second\b.* Waiting for .*\n)*`;
  const waiting = String.raw`\[secrets-wrapper\] WARN .* for one second\b.* Waiting for ${literal(target.variable)}.*\n`;
  const fault = String.raw`\[secrets-wrapper\] ERROR ${literal(`${hit}: ${causeOf(says)}. `)}(?=[A-Z]).*${literal(remedy)}.*\. \[${code}(: .+)?\]\n`;
  const outcome = String.raw`\[secrets-wrapper\] FATAL The function was not started: \d faults?, listed above\.\n`;
  return new RegExp(`^${others}${seconds === undefined ? "" : `${waiting}${others}`}${fault}${outcome}$`);
}

/** On a slow machine there is also what is waited for, of both services. */
function errorsIn(log: string): string {
  return log.replaceAll(/^.* WARN .*\n/gm, "");
}

/** What the service said word for word is its own. */
function withoutDetail(stderr: string): string {
  return stderr.replaceAll(/ \[\w+: .*\]$/gm, "");
}

function expectTime({ seconds }: Case, ms: number, startUpMs: number): void {
  // No try begins in the last tenth of the time.
  if (seconds !== undefined) expect(ms).toBeGreaterThanOrEqual(seconds * 900);
  // Others run at the same time: a start may take some times as long.
  expect(ms).toBeLessThanOrEqual((seconds ?? DEFAULT_SECONDS) * 1100 + 5 * startUpMs + 300);
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
