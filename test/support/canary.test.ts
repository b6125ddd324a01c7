import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CANARY, expectNoCanary, leakIn, leakingFiles, watchProcesses } from "./canary.ts";

// Programs that do leak, so that a test without a leak proves something.

const startedMs = Date.now();

const sh = (script: string, ...args: string[]) =>
  execFileSync("sh", ["-c", script, "sh", ...args], { encoding: "utf8" });
const base64 = (text: string) => Buffer.from(text).toString("base64");
const hex = (text: string) => Buffer.from(text).toString("hex");

describe("a leak in a string is found", () => {
  it("where a program prints the value in a log line", () => {
    expect(leakIn(sh('echo "2026-01-01 ERROR cannot parse $1 as a number"', CANARY))).toBeDefined();
  });

  it.each([
    ["its first six letters", CANARY.slice(0, 6)],
    ["its last six letters", CANARY.slice(-6)],
    ["six letters of its middle", CANARY.slice(13, 19)],
    ["a quotation with an ellipsis", `Unexpected token '${CANARY[0]}', "${CANARY.slice(0, 10)}"... is not valid JSON`],
    ["a URL", encodeURIComponent(`?password=é ${CANARY}&`)],
    ["JSON in JSON", JSON.stringify(JSON.stringify({ password: `"\n${CANARY}` }))],
    ["base64", base64(CANARY)],
    ["base64url in a URL", encodeURIComponent(Buffer.from(`${CANARY}?`).toString("base64url"))],
    ["the beginning of base64", base64(CANARY).slice(0, 12)],
    ["the middle of base64", base64(CANARY).slice(7, 21)],
    ["hexadecimals", hex(CANARY)],
    ["the beginning of hexadecimals", hex(CANARY).slice(0, 12)],
    ["the middle of hexadecimals in capitals", hex(CANARY).toUpperCase().slice(9, 24)],
  ])("%s", (_, text) => {
    expect(leakIn(`2026-01-01 ERROR ${text} is no value`)).toBeDefined();
  });

  it.each([0, 1, 2, 3, 4])("base64 with %i bytes before it", (before) => {
    expect(leakIn(base64(`${"x".repeat(before)}${CANARY}, and more`))).toBeDefined();
  });

  it("but not in other words, and not in five letters", () => {
    expect(leakIn("The quick brown fox: QZXJV aGVsbG8gd29ybGQ= 00ff00ff00ff")).toBeUndefined();
    expect(leakIn(`${CANARY.slice(0, 5)} ${CANARY.slice(8, 13)}`)).toBeUndefined();
  });
});

describe("a leak in an object is found", () => {
  it.each([
    ["a list", [["x", { deep: [[[[CANARY]]]] }]]],
    ["a map", new Map([["A", CANARY]])],
    ["an error's message", { error: new Error(CANARY) }],
    ["the cause of an error", new Error("x", { cause: new Error(CANARY) })],
    ["a long string", { text: "x".repeat(20_000) + CANARY }],
  ])("%s", (_, told) => {
    expect(() => expectNoCanary(told)).toThrow();
    expect(() => expectNoCanary({ code: "SecretNotFound" })).not.toThrow();
  });
});

describe("a leak of a program is found", () => {
  it.each([
    ["a whole value", CANARY],
    ["a piece of a value", `--password=${CANARY.slice(4, 14)}`],
  ])("in its command line: %s", async (_, argument) => {
    const leaking = spawn("sh", ["-c", "while :; do sleep 1; done", "leaking", argument]);
    try {
      // A busy machine may take its time.
      let found: string[] = [];
      for (let turn = 0; turn < 50 && found.length === 0; turn++) found = await watchFor(200);
      expect(found).toEqual([expect.stringContaining(argument)]);
    } finally {
      leaking.kill("SIGKILL");
    }
  });

  it("in a file under /tmp: in its content, in a part of it, among other bytes, in its name", () => {
    const folder = mkdtempSync(join(tmpdir(), "canary-"));
    const script = `cd "$1" && mkdir deep && echo "password=$2" > deep/log && printf '%.8s' "$2" > part`;
    try {
      sh(`${script} && printf '\\377\\000%s\\000' "$2" > core && touch "$2" && echo x > innocent`, folder, CANARY);
      expect(leakingFiles(startedMs).sort()).toEqual(
        [CANARY, "core", "deep/log", "part"].map((name) => join(folder, name)).sort(),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

async function watchFor(ms: number): Promise<string[]> {
  const stop = watchProcesses();
  await sleep(ms);
  return stop();
}
