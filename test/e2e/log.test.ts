import { expectNoLeak, type FaultedRun, runWithFault } from "../support/fault-run.ts";
import { answering, healthy, silent } from "../support/fault-servers.ts";
import { WRAPPERS } from "../support/trees.ts";

const SLOW = { provoke: answering(silent), secrets: { DB: "prod/db" }, seconds: 1.2 };
const FAST = { provoke: answering(healthy), secrets: { DB: "prod/db" } };
const JSON_FORMAT = { AWS_LAMBDA_LOG_FORMAT: "JSON" };
/** Of Lambda's alone. */
const NO_LEVEL = { SECRETS_LOG_LEVEL: "" };

const LEVELS: [Record<string, string>, string[]][] = [
  [{}, ["WARN", "ERROR", "FATAL"]],
  [{ AWS_LAMBDA_LOG_LEVEL: "WARN" }, ["WARN", "ERROR", "FATAL"]],
  [{ AWS_LAMBDA_LOG_LEVEL: "error" }, ["ERROR", "FATAL"]],
  [{ AWS_LAMBDA_LOG_LEVEL: "FATAL" }, ["FATAL"]],
  [{ AWS_LAMBDA_LOG_LEVEL: "FATAL", SECRETS_LOG_LEVEL: "ERROR" }, ["ERROR", "FATAL"]],
];

describe.each(WRAPPERS)("the log on %s", (_, wrapper) => {
  it.concurrent.each(LEVELS)("has with %j the lines %j, as text and as JSON", async (changes, levels) => {
    const [text, json] = await Promise.all([
      runWithFault(wrapper, SLOW, { ...NO_LEVEL, ...changes }),
      runWithFault(wrapper, SLOW, { ...NO_LEVEL, ...changes, ...JSON_FORMAT }),
    ]);
    expect([...text.stderr.matchAll(/^\[secrets-wrapper\] ([A-Z]+) /gm)].map(([, level]) => level)).toEqual(levels);
    expect(text.stderr.trimEnd().split("\n")).toHaveLength(levels.length);
    expect(linesOf(json).map(({ level }) => level)).toEqual(levels);
  });

  it("is in JSON of objects as Lambda writes them, a line each, with the fault's fields", async () => {
    const lines = linesOf(await runWithFault(wrapper, SLOW, JSON_FORMAT));
    for (const { timestamp, level, message } of lines) {
      expect(new Date(String(timestamp)).toISOString()).toBe(timestamp);
      expect(level).toMatch(/^(?:WARN|ERROR|FATAL)$/);
      expect(message).toMatch(/\S/);
    }
    expect(lines[1]).toMatchObject({ code: "Timeout", subject: "DB", secret: "prod/db" });
    expect(lines[2]?.message).toBe("The function was not started: 1 fault, listed above.");
  });

  it("is in JSON of one line for a fault whose names hold quotes and newlines", async () => {
    const ended = await runWithFault(wrapper, { ...FAST, secrets: { 'A"\n': "prod/db", B: 'prod/"\n' } }, JSON_FORMAT);
    expect(ended.status).toBe(1);
    expect(linesOf(ended).map(({ level }) => level)).toEqual(["ERROR", "ERROR", "FATAL"]);
  });

  it.each([
    ["DEBUG", ["INFO", "DEBUG"]],
    ["INFO", ["INFO"]],
    ["WARN", []],
  ])("has of a start with %s the levels %j", async (level, levels) => {
    const ended = await runWithFault(wrapper, FAST, { ...NO_LEVEL, AWS_LAMBDA_LOG_LEVEL: level, ...JSON_FORMAT });
    expect(ended.started).toBe(true);
    const lines = linesOf(ended);
    expect(lines.map((line) => line.level)).toEqual(levels);
    for (const line of lines) if (line.level === "INFO") expect(line).toMatchObject({ variables: 1, secrets: 1 });
  });

  it("says with DEBUG which variables the program is started with", async () => {
    const lines = linesOf(
      await runWithFault(wrapper, FAST, { ...NO_LEVEL, SECRETS_LOG_LEVEL: "DEBUG", ...JSON_FORMAT }),
    );
    expect(lines.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^1 variable from 1 secret in \d+ ms\.$/),
      expect.stringMatching(/^secrets-wrapper \d+\.\d+\.\d+ starts .* with DB\.$/),
    ]);
  });
});

/** What was logged, each line one object; without a secret. */
function linesOf(ended: FaultedRun): Record<string, unknown>[] {
  expectNoLeak(ended);
  return ended.stderr
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
