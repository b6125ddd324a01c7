import * as fc from "fast-check";
import { checkExpandedName, checkName } from "../../../core/config/variable-names.ts";
import type { Problem } from "../../../core/fault/fault.ts";
import { failure, success } from "../../../core/fault/result.ts";
import { startDeadline } from "../../../core/host/deadline.ts";
import type { StoredValue } from "../../../core/sources/decode.ts";
import type { FormatReaders } from "../../../core/values/format-readers.ts";
import { readValues } from "../../../core/values/read-values.ts";
import { buildEnvironment } from "../../../core/values/variables.ts";
import { CANARY, expectNoCanary } from "../../support/canary.ts";
import { CASES } from "../../support/cases.ts";
import { expectComplete, expectFaults } from "../expect-problems.ts";
import { ARN, DENIED, NOT_THERE, outcomesOf, planOf, UNREACHABLE } from "../plans.ts";

function build(secrets: unknown, stored: Record<string, string | StoredValue | Problem>) {
  const plan = planOf(secrets);
  const { variables, faults } = buildEnvironment(readValues(plan, outcomesOf(plan, stored), {}));
  return { variables: Object.fromEntries(variables), faults };
}

function skippedOf(secrets: unknown, stored: Record<string, string>) {
  const plan = planOf(secrets);
  const { skipped, faults } = buildEnvironment(readValues(plan, outcomesOf(plan, stored), {}));
  expect(faults).toEqual([]);
  return skipped.map(({ entry, name, cause: problem }) => [entry.subject, name, problem.code]);
}

const db = JSON.stringify({ host: "h", PASSWORD: "p", port: 5432 });

// The one with a reserved name is refused before anything is fetched.
const fetched = CASES.filter(({ secrets }) => !("AWS_REGION" in Object(secrets)));

it.each(fetched)("$name", ({ secretString, secretBinary = "", secrets, expect: expected, fails }) => {
  const secret: StoredValue | string = secretString ?? {
    name: "case",
    noun: "secret",
    kind: "binary",
    base64: secretBinary,
  };
  const { variables, faults } = build(secrets, { case: secret });
  if (fails === undefined) expect({ variables, faults }).toEqual({ variables: expected, faults: [] });
  else expect(JSON.stringify(faults)).toContain(fails);
});

describe("wildcards", () => {
  it("give every key its name, behind the prefix if there is one", () => {
    expect(build({ "*": "db" }, { db })).toEqual({ variables: { host: "h", PASSWORD: "p", port: "5432" }, faults: [] });
    expect(build({ "DB_*": "db" }, { db }).variables).toEqual({ DB_host: "h", DB_PASSWORD: "p", DB_port: "5432" });
  });

  it.each([
    [{ "*": "db", PASSWORD: "own" }],
    [{ PASSWORD: "own", "*": "db" }],
    [{ PASSWORD: "own", "*": "db", "PASS*": "words" }],
  ])("yield to an entry that names its variable: %j", (secrets) => {
    const { variables, faults } = build(secrets, { db, own: "mine", words: '{"WORD": "theirs"}' });
    expect(faults).toEqual([]);
    expect(variables).toMatchObject({ PASSWORD: "mine", host: "h" });
  });

  it("that give one name are a fault, which names both", () => {
    const stored = { a: '{"B_C": "1"}', b: '{"C": "2"}' };
    const { faults } = build({ "*": "a", "B_*": "b" }, stored);
    expectFaults(faults, ["B_*", "NameCollision", /produced by both this entry and "\*"/, /"B_C" its own entry/]);
    expect(faults).toMatchObject([{ variable: "B_C" }]);
    expect(build({ "*": "a", "B_*": "b", B_C: "own" }, { ...stored, own: "3" })).toEqual({
      variables: { B_C: "3" },
      faults: [],
    });
  });

  it("skip names that start programs, that are reserved, and that are none, and take the rest", () => {
    const app = JSON.stringify({ A: "1", NODE_OPTIONS: CANARY, AWS_REGION: CANARY, "a-b": CANARY, SECRETS: CANARY });
    expect(build({ "*": "app" }, { app })).toEqual({ variables: { A: "1" }, faults: [] });
    expect(skippedOf({ "*": "app" }, { app })).toEqual([
      ["*", "NODE_OPTIONS", "StartupName"],
      ["*", "AWS_REGION", "ReservedName"],
      ["*", "a-b", "InvalidName"],
      ["*", "SECRETS", "ReservedName"],
    ]);
  });

  it("skip a name that starts programs when prefix and key are put together", () => {
    expect(skippedOf({ "LD_*": "app" }, { app: '{"PRELOAD": "x"}' })).toEqual([["LD_*", "LD_PRELOAD", "StartupName"]]);
  });

  it("that both skip a name do not collide", () => {
    const app = '{"a-b": "1"}';
    expect(skippedOf({ "*": "app", "a*": "b" }, { app, b: '{"-b": "2"}' })).toHaveLength(2);
  });

  it("may have such a key where an entry of its own names the variable", () => {
    expect(build({ "*": "app", PATH: "app:PATH" }, { app: '{"PATH": "/bin"}' })).toEqual({
      variables: { PATH: "/bin" },
      faults: [],
    });
  });
});

describe("a list", () => {
  it("names variables by keys and by secrets", () => {
    const stored = { "prod/app": '{"A": "1"}', "prod/api-token": "tok" };
    expect(build(Object.keys(stored), stored)).toEqual({ variables: { A: "1", API_TOKEN: "tok" }, faults: [] });
  });

  it("skips keys with such names", () => {
    expect(skippedOf(["app"], { app: '{"a-b": "1", "PATH": "2"}' })).toEqual([
      ["SECRETS[0]", "a-b", "InvalidName"],
      ["SECRETS[0]", "PATH", "StartupName"],
    ]);
  });

  it.each([
    ["prod/ld-preload", "StartupName", "LD_PRELOAD"],
    ["prod/9-token", "InvalidName", "9_TOKEN"],
    ["aws/region/AWS_REGION", "ReservedName", "AWS_REGION"],
  ])("fails where a whole secret, %s, would be skipped: its value would be missing", (id, code, variable) => {
    const { faults } = build([id], { [id]: CANARY });
    expectFaults(faults, ["SECRETS[0]", code, /named after the secret/, /Name the variable in SECRETS/]);
    expect(faults).toMatchObject([{ variable }]);
    expect(faults[0]?.cause).not.toContain(variable);
  });
});

describe("what is missing", () => {
  const absent = [
    ["a secret", NOT_THERE],
    ["a key", "{}"],
    ["a null", '{"k": null}'],
  ] as const;

  it.each(absent)("is forgiven by optional and default where it is %s", (_, stored) => {
    const secrets = { A: { secret: "x:k", optional: true }, B: { secret: "x:k", default: "none" } };
    expect(build(secrets, { x: stored })).toEqual({ variables: { B: "none" }, faults: [] });
    expect(build({ A: { secret: "x:k", optional: true, default: "" } }, { x: stored }).variables).toEqual({ A: "" });
    expect(build({ A: "x:k" }, { x: stored }).faults).toMatchObject([{ subject: "A", secret: "x", missing: true }]);
  });

  it.each([
    ["denied", DENIED],
    ["unreachable", UNREACHABLE],
    ["not JSON", CANARY],
    ["a list", `["${CANARY}"]`],
  ])("is never guessed where the secret is %s", (_, stored) => {
    const secrets = {
      A: { secret: "x:k", optional: true },
      B: { secret: "x:k", default: "" },
      "*": { secret: "x", optional: true },
    };
    const { variables, faults } = build(secrets, { x: stored });
    expect(variables).toEqual({});
    expect(faults.map(({ subject, secret }) => [subject, secret])).toEqual(["A", "B", "*"].map((name) => [name, "x"]));
    expectNoCanary(faults);
  });

  it("is forgiven for an optional wildcard or list entry whose secret is not there", () => {
    expect(build({ "*": { secret: "x", optional: true } }, {})).toEqual({ variables: {}, faults: [] });
    expect(build([{ secret: "x", optional: true }], {})).toEqual({ variables: {}, faults: [] });
    expectFaults(build({ "*": "x" }, {}).faults, ["*", "SecretNotFound", /not there/, /Create it/]);
  });

  it("is a defect where a call has no outcome at all", () => {
    expectFaults(buildEnvironment(readValues(planOf({ A: "x" }), new Map(), {})).faults, [
      "A",
      "InternalError",
      /not fetched/,
      /report/,
    ]);
  });
});

describe("an entry with a format", () => {
  const svid = (file: string) => ({ secret: "x", file, format: "x509-svid" });
  const folder = new Map([
    ["key.pem", "the key"],
    ["federated/a.pem", "a"],
  ]);

  function buildWith(secrets: unknown, stored: Record<string, string>, readers: FormatReaders) {
    const plan = planOf(secrets);
    return buildEnvironment(readValues(plan, outcomesOf(plan, stored), readers));
  }
  const validity = { notBefore: new Date(0), notAfter: new Date(1) };
  const readers = { "x509-svid": () => success({ content: folder, validity }) };

  it("gives the files of a folder, with the permissions it asks for, and the folder's path", () => {
    const { variables, files, faults } = buildWith({ A: { ...svid("/tmp/id"), mode: "0640" } }, { x: CANARY }, readers);
    expect(faults).toEqual([]);
    expect(Object.fromEntries(variables)).toEqual({ A: "/tmp/id" });
    expect(files).toEqual([{ name: "A", path: "/tmp/id", content: folder, validity, mode: 0o640 }]);
  });

  it("fails for the reader's reason, and where there is none", () => {
    expect(buildWith({ A: svid("id") }, { x: CANARY }, { "x509-svid": () => failure(DENIED) }).faults).toMatchObject([
      { subject: "A", ...DENIED },
    ]);
    expect(buildWith({ A: svid("id") }, { x: CANARY }, {}).faults).toMatchObject([
      { subject: "A", code: "InternalError" },
    ]);
  });

  it.each([{}, { format: "x509-svid" }])(
    "is without a variable where it may be missing, and says what to remove: %j",
    (format) => {
      const entry = { secret: "x", file: "/tmp/f", optional: true, ...format };
      const { variables, files, faults } = buildWith({ A: entry, B: { secret: "x", optional: true } }, {}, readers);
      expect({ variables, faults }).toEqual({ variables: new Map(), faults: [] });
      expect(files).toEqual([{ name: "A", path: "/tmp/f", mode: 0o600, content: undefined }]);
    },
  );
});

describe("a value that no environment can hold", () => {
  it.each([
    ["a NUL", `${CANARY}\0`, "InvalidValue", /NUL/, /base64/],
    ["half a surrogate pair", `${CANARY}\ud83d`, "InvalidValue", /unpaired surrogate/, /escape/],
    ["too much", CANARY + "é".repeat(65_536), "ValueTooLong", /\d+ bytes.*131071/, /single JSON keys/],
  ])("for %s is a fault of its variable, and is not quoted", (_, value, code, cause, remedy) => {
    for (const secrets of [{ V: ARN }, { "*": `${ARN}` }, { V: { secret: "absent", default: value } }]) {
      const stored = "*" in secrets ? JSON.stringify({ V: value }) : value;
      const { faults } = build(secrets, { [ARN]: stored });
      const [subject] = Object.keys(secrets) as [string];
      expectFaults(faults, [subject, code, cause, remedy]);
      expect(faults[0]?.variable).toBe(subject === "*" ? "V" : undefined);
      expectNoCanary(faults);
    }
  });

  it("begins one byte past the kernel's limit, name and = included", () => {
    expect(build({ NAME: "x" }, { x: "v".repeat(131_066) }).faults).toEqual([]);
    expect(build({ NAME: "x" }, { x: "v".repeat(131_067) }).faults).toMatchObject([{ code: "ValueTooLong" }]);
  });
});

describe("a secret that many entries use", () => {
  /** How often its text is read for so many entries. */
  function readsOf(secrets: Record<string, unknown>, text: string, kind: "text" | "binary" = "text"): number {
    let reads = 0;
    const read = () => {
      reads++;
      return kind === "text" ? text : Buffer.from(text).toString("base64");
    };
    const secret = { name: "x", noun: "secret", kind } as StoredValue;
    Object.defineProperty(secret, kind === "text" ? "text" : "base64", { get: read });
    const plan = planOf(secrets);
    const { faults } = buildEnvironment(readValues(plan, outcomesOf(plan, { x: secret }), {}));
    expect(faults.filter(({ code }) => code !== "KeyNotFound")).toEqual([]);
    return reads;
  }

  const entries = (count: number, reference: (index: number) => unknown) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`V${index}`, reference(index)]));
  const object = JSON.stringify(entries(400, (index) => `value ${index}`));

  it.each([
    ["a key each", (index: number) => `x:V${index}`, "text"],
    ["keys that are not there", (index: number) => `x:none${index}`, "text"],
    ["a key of bytes each", (index: number) => ({ secret: "x", key: `V${index}`, encoding: "utf8" }), "binary"],
  ] as const)("is read once for all of them: %s", (_, reference, kind) => {
    expect(readsOf(entries(400, reference), object, kind)).toBe(readsOf(entries(1, reference), object, kind));
  });

  it("is read once for all wildcards", () => {
    const wildcards = (count: number) =>
      Object.fromEntries(Object.entries(entries(count, () => "x")).map(([name]) => [`${name}_*`, "x"]));
    expect(readsOf(wildcards(40), object)).toBe(readsOf(wildcards(1), object));
  });
});

it("reads no value after the deadline, and says so of each that was fetched", () => {
  const plan = planOf({ A: "x", B: "x:k", C: "none", "*": "x" });
  const outcomes = outcomesOf(plan, { x: '{"k": "v"}' });
  const { faults } = buildEnvironment(readValues(plan, outcomes, {}, startDeadline(0)));
  expectFaults(
    faults,
    ["A", "Timeout", /could not be read within the time limit/, /SECRETS_TIMEOUT/],
    ["B", "Timeout", /could not be read/, /memory/],
    ["C", "SecretNotFound", /not there/, /Create it/],
    ["*", "Timeout", /could not be read/, /SECRETS_TIMEOUT/],
  );
});

it("either gives every variable that was asked for or says why not, and never quotes a value", () => {
  const keys = fc.constantFrom("a", "B", "PATH", "a-b", "AWS_REGION");
  const values = fc.constantFrom(CANARY, `${CANARY}\0`, null, 1, [CANARY], { [CANARY]: CANARY });
  const stored = fc.oneof(
    fc.dictionary(keys, values).map((object) => JSON.stringify(object)),
    fc.constantFrom(CANARY, NOT_THERE, DENIED, `{"${CANARY}`),
  );
  const references = fc.constantFrom("x", "x:a", "y:B", "y", "z", { secret: "x:a", optional: true, default: "none" });
  const all = fc.constantFrom("x", "y", { secret: "z", optional: true });
  const secrets = fc.record({ A: references, a: references, "*": all, "B_*": all }, { requiredKeys: [] });
  fc.assert(
    fc.property(secrets, fc.record({ x: stored, y: stored, z: stored }), (asked, there) => {
      const { variables, faults } = build(asked, there);
      expectComplete(faults);
      expectNoCanary(faults);
      if (faults.length > 0) return;
      for (const name of Object.keys(asked).filter((name) => !name.endsWith("*")))
        expect(variables).toHaveProperty(name);
      for (const name of Object.keys(variables))
        expect((name in asked ? checkName : checkExpandedName)(name)).toMatchObject({ ok: true });
    }),
    { numRuns: 200 },
  );
});
