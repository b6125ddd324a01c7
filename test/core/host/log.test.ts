import * as fc from "fast-check";
import type { Env } from "../../../core/host/env.ts";
import { createLog, type Level } from "../../../core/host/log.ts";
import { anyText } from "../any-text.ts";

const LEVELS: Level[] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

function written(env: Env, ...[level, message, fields]: Parameters<ReturnType<typeof createLog>>): string[] {
  const lines: string[] = [];
  createLog(env, (line) => lines.push(line))(level, message, fields);
  return lines;
}

it.each([undefined, "", "Text", "XML"])("writes text where Lambda's format is %s", (format) => {
  expect(written({ AWS_LAMBDA_LOG_FORMAT: format }, "ERROR", "A: denied.", { code: "AccessDenied" })).toEqual([
    "[secrets-wrapper] ERROR A: denied.\n",
  ]);
});

it("writes a text of one line that steers no terminal, whatever the message", () => {
  fc.assert(
    fc.property(anyText, (message) => {
      expect(written({}, "WARN", message)).toEqual([expect.stringMatching(/^[^\p{Cc}\p{Zl}\p{Zp}]*\n$/u)]);
    }),
  );
  expect(written({}, "WARN", "a\nb\u009b2Jc")).toEqual(["[secrets-wrapper] WARN a\\u000ab\\u009b2Jc\n"]);
});

describe.each(["JSON", "json"])("where Lambda's format is %s", (format) => {
  const env = { AWS_LAMBDA_LOG_FORMAT: format };

  it("writes an object with Lambda's own fields and the fault's", () => {
    const before = Date.now();
    const [line = ""] = written(env, "ERROR", "A: denied.", { code: "AccessDenied", subject: "A" });
    const { timestamp, ...rest } = JSON.parse(line);
    const message = "A: denied.";
    expect(rest).toEqual({ level: "ERROR", logger: "secrets-wrapper", message, code: "AccessDenied", subject: "A" });
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(before);
  });

  it("writes one object a line, whatever the message", () => {
    fc.assert(
      fc.property(anyText, anyText, (message, secret) => {
        const [line = "", ...others] = written(env, "WARN", message, { secret });
        expect(others).toEqual([]);
        expect(line.match(/[\r\n]/g)).toEqual(["\n"]);
        expect(JSON.parse(line)).toMatchObject({ level: "WARN", message, secret });
      }),
    );
  });
});

describe("the level", () => {
  const shown = (env: Env) => LEVELS.filter((level) => written(env, level, "x").length === 1).join(" ");

  it.each([
    [{}, "INFO WARN ERROR FATAL"],
    [{ SECRETS_LOG_LEVEL: "TRACE" }, "TRACE DEBUG INFO WARN ERROR FATAL"],
    [{ SECRETS_LOG_LEVEL: "debug" }, "DEBUG INFO WARN ERROR FATAL"],
    [{ SECRETS_LOG_LEVEL: "FATAL" }, "FATAL"],
    [{ AWS_LAMBDA_LOG_LEVEL: "ERROR" }, "ERROR FATAL"],
    [{ SECRETS_LOG_LEVEL: "WARN", AWS_LAMBDA_LOG_LEVEL: "DEBUG" }, "WARN ERROR FATAL"],
    [{ SECRETS_LOG_LEVEL: "loud", AWS_LAMBDA_LOG_LEVEL: "WARN" }, "WARN ERROR FATAL"],
    [{ SECRETS_LOG_LEVEL: "", AWS_LAMBDA_LOG_LEVEL: "" }, "INFO WARN ERROR FATAL"],
  ])("with %j lets through %s", (env, levels) => {
    expect(shown(env)).toBe(levels);
    expect(shown({ ...env, AWS_LAMBDA_LOG_FORMAT: "JSON" })).toBe(levels);
  });
});

it("makes a message that is a function only where its level is written", () => {
  const make = jest.fn(() => "long");
  expect(written({}, "DEBUG", make)).toEqual([]);
  expect(make).not.toHaveBeenCalled();
  expect(written({ SECRETS_LOG_LEVEL: "DEBUG" }, "DEBUG", make)).toEqual(["[secrets-wrapper] DEBUG long\n"]);
});
