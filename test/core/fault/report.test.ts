import * as fc from "fast-check";
import type { Fault, FaultReport } from "../../../core/fault/fault.ts";
import { logFaults, toPublicMessage } from "../../../core/fault/report.ts";
import type { Level, Log } from "../../../core/host/log.ts";
import { readValues } from "../../../core/values/read-values.ts";
import { buildEnvironment } from "../../../core/values/variables.ts";
import { anyText } from "../any-text.ts";
import { parseSecrets } from "../parse-secrets.ts";
import { ARN, outcomesOf, planOf } from "../plans.ts";

const denied = { code: "AccessDenied", cause: "access is denied", remedy: "Allow it." };
const absent = { code: "SecretNotFound", cause: "it does not exist", remedy: "Create it." };
const error = (...faults: Fault[]): FaultReport => ({ type: "Runtime.SecretsUnavailable", faults });

function logged(...faults: Fault[]): { level: Level; message: string; fields: object }[] {
  const lines: ReturnType<typeof logged> = [];
  const log: Log = (level, message, fields = {}) => lines.push({ level, message: String(message), fields });
  logFaults(error(...faults), log, "It ended");
  return lines;
}

describe("the log", () => {
  it("has a line for each fault with variable, secret, cause, remedy and the service's words, then the outcome", () => {
    const lines = logged(
      { subject: "A", secret: ARN, ...denied, detail: '"no policy allows it"' },
      { subject: "SECRETS_TIMEOUT", ...absent },
    );
    expect(lines).toEqual([
      {
        level: "ERROR",
        message: `A (from "${ARN}"): access is denied. Allow it. [AccessDenied: "no policy allows it"]`,
        fields: { code: "AccessDenied", subject: "A", secret: ARN },
      },
      {
        level: "ERROR",
        message: "SECRETS_TIMEOUT: it does not exist. Create it. [SecretNotFound]",
        fields: { code: "SecretNotFound", subject: "SECRETS_TIMEOUT" },
      },
      { level: "FATAL", message: "It ended: 2 faults, listed above.", fields: {} },
    ]);
  });

  it("puts variables together that have one fault in common, and counts each", () => {
    const lines = logged(
      { subject: "A", secret: "x", ...absent },
      { subject: "B", secret: "y", ...absent },
      { subject: "C_*", secret: "x", ...absent },
      { subject: "D", secret: "x", ...denied },
    );
    expect(lines.map(({ message }) => message.split(":")[0])).toEqual([
      'A (from "x"), B (from "y"), C_* (from "x")',
      'D (from "x")',
      "It ended",
    ]);
    expect(lines.at(-1)?.message).toContain("4 faults");
    expect(lines[0]?.fields).toMatchObject({ subject: "A, B, C_*", secret: "x, y" });
  });

  it("has the location of what is written in a file, which does not keep one fault from being said once", () => {
    const [line] = logged(
      { subject: "A", location: "secrets.yaml:3:5", secret: "x", ...absent },
      { subject: "B", secret: "y", ...absent },
      { subject: "C", location: "my file.yaml:4:5", ...absent },
    );
    const who = 'A in secrets.yaml:3:5 (from "x"), B (from "y"), C in "my file.yaml:4:5"';
    expect(line?.message).toBe(`${who}: it does not exist. Create it. [SecretNotFound]`);
    expect(line?.fields).toMatchObject({ subject: "A, B, C", location: "secrets.yaml:3:5, my file.yaml:4:5" });
  });

  it("says fault of one", () => {
    expect(logged({ subject: "A", ...denied }).at(-1)?.message).toContain("1 fault, listed");
  });

  it("is of lines that no name can break", () => {
    fc.assert(
      fc.property(anyText, anyText, (subject, secret) => {
        const [line] = logged({ subject, secret, ...denied });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that may not be there
        expect(line?.message).not.toMatch(/[\u0000-\u001f]/);
      }),
    );
  });
});

describe("what the function's caller sees", () => {
  it("is variables and causes, and neither secrets nor remedies nor the service's words", () => {
    const faults = [
      { subject: "A", secret: "prod/db", ...denied, detail: "User: arn:aws:sts::111122223333:assumed-role/app" },
      { subject: "B", secret: "prod/db", ...absent },
      { subject: "C", secret: "prod/api", ...absent, remedy: "Create prod/api." },
    ];
    expect(toPublicMessage(error(...faults))).toBe(
      "The function was not started. A: access is denied; B, C: it does not exist.",
    );
  });

  it("is at most fifty causes, and the number of the others", () => {
    const faults = Array.from({ length: 53 }, (_, index) => ({
      ...denied,
      subject: `V${index}`,
      cause: `reason ${index}`,
    }));
    const message = toPublicMessage(error(...faults));
    expect(message).toContain("V49: reason 49; and 3 more.");
    expect(message).not.toContain("V50");
  });

  it("never names a secret, whatever is wrong with it", () => {
    const name = fc.stringMatching(/^[a-z]{4,8}\/[a-z0-9/_+=.@-]{4,20}$/);
    const id = fc.oneof(
      name,
      name.map((name) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-AbCdEf`),
    );
    const stored = fc.constantFrom("text", "{}", '{"key": null}', '{"PATH": "x", "b": "\\u0000"}', denied, absent);
    fc.assert(
      fc.property(id, stored, (id, outcome) => {
        const plan = planOf({ A: `${id}:key`, B: id, "*": id, "B_*": id });
        const { faults } = buildEnvironment(readValues(plan, outcomesOf(plan, { [id]: outcome }), {}));
        const message = toPublicMessage(error(...faults));
        expect(faults.length).toBeGreaterThan(0);
        expect(message).not.toContain(id);
        expect(message).not.toMatch(/arn:|111122223333/);
      }),
    );
  });

  it.each([
    { [ARN]: "DB_PASSWORD" },
    { [`${ARN}*`]: "DB_*" },
    { A: { secret: "x", [ARN]: "key" } },
    { A: `${ARN}:a:b:c:d` },
    { A: ARN.replace("secretsmanager", "ssm") },
  ])("has no ARN and no account, even where one is in the wrong place: %j", (secrets) => {
    const { faults } = parseSecrets(JSON.stringify(secrets));
    expect(faults).not.toEqual([]);
    expect(toPublicMessage(error(...faults))).not.toMatch(/111122223333|prod\/db/);
  });
});
