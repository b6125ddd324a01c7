import * as fc from "fast-check";
import type { Entry } from "../../../core/config/parse.ts";
import { checkName } from "../../../core/config/variable-names.ts";
import { expectComplete, expectFaults } from "../expect-problems.ts";
import { parseSecrets } from "../parse-secrets.ts";
import { ARN } from "../plans.ts";

const read = (secrets: unknown) => parseSecrets(JSON.stringify(secrets));

describe("a map", () => {
  it.each<[string, unknown, Partial<Entry>]>([
    ["DB", "prod/db", { target: "variable", reference: { kind: "secret", id: "prod/db" } }],
    ["DB", `${ARN}:password::`, { reference: { kind: "secret", id: ARN }, key: "password" }],
    ["DB", { secret: "prod/db:password" }, { reference: { kind: "secret", id: "prod/db" }, key: "password" }],
    ["DB", { secret: "prod/db", key: "a:b" }, { reference: { kind: "secret", id: "prod/db" }, key: "a:b" }],
    [
      "DB",
      { secret: "prod/db::OLD", key: "a" },
      { reference: { kind: "secret", id: "prod/db", stage: "OLD" }, key: "a" },
    ],
    ["DB", { secret: "prod/db", optional: true }, { optional: true }],
    ["DB", { secret: "prod/db", default: "" }, { default: "" }],
    ["*", "prod/app", { target: "wildcard", reference: { kind: "secret", id: "prod/app" } }],
    ["DB_*", { secret: "prod/db", optional: true }, { target: "wildcard", optional: true }],
    ["LD_PRELOAD", "prod/lib", { target: "variable" }],
  ])("takes %s: %j", (subject, form, entry) => {
    const { entries, faults } = read({ [subject]: form });
    expect(faults).toEqual([]);
    expect(entries).toEqual([expect.objectContaining({ subject, ...entry })]);
  });

  it("has no key, default or version where none is set", () => {
    const entry = {
      subject: "A",
      target: "variable",
      reference: { kind: "secret", id: "x" },
      optional: false,
    };
    expect(read({ A: "x" }).entries).toEqual([entry]);
  });

  it("gives every valid entry, in order", () => {
    const names = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,10}$/).filter((name) => checkName(name).ok);
    const form = fc.record(
      {
        secret: fc.stringMatching(/^[a-z/]{1,20}$/),
        key: fc.string({ minLength: 1 }),
        optional: fc.boolean(),
        default: fc.string(),
      },
      { requiredKeys: ["secret"] },
    );
    fc.assert(
      fc.property(fc.dictionary(names, form), (map) => {
        const expected = Object.entries(map).map(([subject, { secret, optional = false, ...rest }]) => {
          return {
            subject,
            target: "variable",
            reference: { kind: "secret", id: secret },
            optional,
            ...rest,
          };
        });
        expect(read(map)).toEqual({ entries: expected, faults: [], offsets: expect.any(Map) });
      }),
    );
  });

  it.each(["{}", "[]", " {\n} "])("%j has no entries", (text) => {
    expect(parseSecrets(text)).toMatchObject({ entries: [], faults: [] });
  });
});

it("takes a list of secrets, each named by its place", () => {
  const { entries, faults } = read(["prod/app", { secret: "prod/token", optional: true }]);
  expect(faults).toEqual([]);
  expect(entries).toMatchObject([
    {
      subject: "SECRETS[0]",
      target: "list",
      reference: { kind: "secret", id: "prod/app" },
      optional: false,
    },
    {
      subject: "SECRETS[1]",
      target: "list",
      reference: { kind: "secret", id: "prod/token" },
      optional: true,
    },
  ]);
});

describe("a fault is found in", () => {
  it.each([
    ["a-b", "x", "InvalidName", /not a valid variable name/, /letters, digits/],
    ["", "x", "InvalidName", /not a valid variable name/, /letters, digits/],
    ["a-*", "x", "InvalidName", /not a valid variable name/, /letters, digits/],
    ["**", "x", "InvalidName", /not a valid variable name/, /letters, digits/],
    ["AWS_REGION", "x", "ReservedName", /Lambda reserves/, /another name/],
    ["AWS_LAMBDA_*", "x", "ReservedName", /Lambda reserves/, /another name/],
    ["SECRETS", "x", "ReservedName", /the wrapper reserves/, /another name/],
    ["A", "", "InvalidReference", /no secret name/, /"name:json-key"/],
    ["A", "a:b:c:d:e", "InvalidReference", /too many colons/, /object form/],
    ["A", "arn:aws:s3:::x", "InvalidReference", /not a valid secret ARN/, /full ARN/],
    ["A", 5, "InvalidReference", /string or an object, not a number/, /"name"/],
    ["A", null, "InvalidReference", /not null/, /"name"/],
    ["A", ["x"], "InvalidReference", /not a list/, /"name"/],
    ["A", { secret: "x:k", key: "l" }, "InvalidReference", /key is set both/, /Keep one/],
    ["*", "x:k", "InvalidReference", /every key.*cannot have a JSON key/, /name the variable/],
    ["A_*", { secret: "x", key: "k" }, "InvalidReference", /every key.*cannot have a JSON key/, /name the variable/],
    ["*", { secret: "x", default: "" }, "InvalidReference", /cannot have .*default/, /name the variable/],
    ["*", { secret: "x", file: "f" }, "InvalidReference", /cannot have .*file/, /name the variable/],
    ["*", { secret: "x", encoding: "utf8" }, "InvalidReference", /cannot have .*encoding/, /name the variable/],
    ["A", {}, "InvalidOption", /neither "secret" nor "parameter"/, /"secret": "prod\/db"/],
    ["A", { secret: "x", parameter: "/x" }, "InvalidOption", /both "secret" and "parameter"/, /"parameter": "\/prod/],
    ["A", { secret: 1 }, "InvalidOption", /"secret" must be a string, not a number/, /"secret"/],
    ["A", { secret: "x", key: "" }, "InvalidOption", /"key" must be a non-empty string$/, /"key"/],
    ["A", { secret: "x", optional: "yes" }, "InvalidOption", /"optional" must be a boolean, not a string/, /./],
    ["A", { secret: "x", default: null }, "InvalidOption", /"default" must be a string, not null/, /./],
    [
      "A",
      { secret: "x", defualt: "" },
      "UnknownOption",
      /no option "defualt"/,
      /"secret", "parameter", "key", "optional", "default", "encoding", "file", "mode", "names", "format"/,
    ],
    ["A", { secret: "x", toString: "" }, "UnknownOption", /no option "toString"/, /The options are/],
    ["A", "ssm:", "InvalidReference", /no parameter name/, /"ssm:\/name:version"/],
    ["A", "ssm:/prod/x:1:key", "InvalidReference", /too many colons/, /"ssm:\/name:version"/],
    ["A", "ssm:/prod/app/", "InvalidReference", /path returns several parameters/, /wildcard/],
    ["A", { parameter: "ssm:/prod/x" }, "InvalidReference", /number or label/, /"ssm:/],
    ["A", { secret: "x", file: "f", format: "pem" }, "InvalidOption", /"format" must be "x509-svid"$/, /"secret"/],
    ["A", { secret: "x", format: "x509-svid" }, "InvalidOption", /"format" requires the option "file"/, /"secret"/],
    [
      "A",
      { secret: "x:k", file: "f", format: "x509-svid" },
      "InvalidOption",
      /cannot be combined with a JSON key/,
      /./,
    ],
    [
      "A",
      { secret: "x", key: "k", file: "f", format: "x509-svid" },
      "InvalidOption",
      /cannot be combined with a JSON key/,
      /./,
    ],
    [
      "A",
      { secret: "x", encoding: "utf8", file: "f", format: "x509-svid" },
      "InvalidOption",
      /cannot be combined .*encoding/,
      /./,
    ],
    [
      "A",
      { secret: "x", default: "", file: "f", format: "x509-svid" },
      "InvalidOption",
      /cannot be combined .*default/,
      /./,
    ],
    [
      "A",
      { parameter: "x", file: "f", format: "x509-svid" },
      "InvalidOption",
      /cannot be used with a parameter/,
      /Secrets Manager only/,
    ],
    [
      "*",
      { secret: "x", file: "f", format: "x509-svid" },
      "InvalidReference",
      /cannot have .*file/,
      /name the variable/,
    ],
    ["A", { secret: "x", file: "" }, "InvalidOption", /"file" must be a non-empty string/, /"secret"/],
    ["A", { secret: "x", file: "../f" }, "InvalidOption", /"file" must be a path without/, /"file": "tls\/key.pem"/],
    ["A", { secret: "x", file: "f", mode: "0666" }, "InvalidOption", /"mode" must be "0600"/, /"mode": "0600"/],
    ["A", { secret: "x", file: "f", mode: 600 }, "InvalidOption", /"mode" must be a string, not a number/, /./],
    ["A", { secret: "x", mode: "0600" }, "InvalidOption", /"mode" requires the option "file"/, /"secret"/],
    ["A", { secret: "x", encoding: "hex" }, "InvalidOption", /must be "base64" or "utf8"$/, /./],
  ])("%s: %j", (subject, form, code, cause, remedy) => {
    const { entries, faults } = read({ [subject]: form });
    expectFaults(faults, [subject, code, cause, remedy]);
    if (code !== "InvalidName" && code !== "ReservedName") expect(entries).toEqual([]);
  });

  it("a list, by its place", () => {
    expect(read(["prod/app", "x:key", 7]).faults).toMatchObject([
      { subject: "SECRETS[1]", secret: "x:key", code: "InvalidReference", cause: expect.stringMatching(/every key/) },
      { subject: "SECRETS[2]", code: "InvalidReference", cause: expect.stringMatching(/not a number/) },
    ]);
  });

  it("an option that would be an object's prototype", () => {
    const { faults } = parseSecrets('{"A": {"__proto__": {"secret": "x"}}}');
    expect(faults.map(({ code }) => code)).toEqual(["InvalidOption", "UnknownOption"]);
  });

  it("two options of one name", () => {
    const { faults } = parseSecrets('{"A": {"secret": "x", "optional": true, "secret": "y"}}');
    expectFaults(faults, ["A", "DuplicateEntry", /the option "secret" is defined twice/, /Keep one/]);
  });

  it("two entries of one name, once each", () => {
    const { faults } = parseSecrets('{"A": "x", "B": "y", "A": "z", "A": "z", "*": "x", "*": "y"}');
    expectFaults(
      faults,
      ["A", "DuplicateEntry", /the entry is defined twice/, /Keep one/],
      ["*", "DuplicateEntry", /the entry is defined twice/, /Keep one/],
    );
  });

  it("every entry at once, and in all that is wrong with each", () => {
    const { entries, faults } = read({
      "a-b": "x:y:z:1",
      OK: "prod/db",
      C: { key: "", optional: 1, frob: 1, format: 1 },
      "*": { secret: "x", format: "f" },
    });
    expect(faults.map(({ subject, code }) => `${subject} ${code}`)).toEqual([
      "a-b InvalidName",
      "a-b InvalidReference",
      "C InvalidOption",
      "C InvalidOption",
      "C InvalidOption",
      "C InvalidOption",
      "C UnknownOption",
      "* InvalidOption",
    ]);
    expect(entries).toMatchObject([{ subject: "OK" }]);
  });
});

describe("whatever SECRETS is,", () => {
  const option = fc.oneof(
    fc.constantFrom("secret", "parameter", "key", "optional", "default", "file", "__proto__"),
    fc.string(),
  );
  const form = fc.oneof(fc.string(), fc.dictionary(option, fc.oneof(fc.string(), fc.boolean(), fc.jsonValue())));
  const map = fc.dictionary(fc.oneof(fc.constantFrom("A", "*", "B_*", "PATH", "AWS_REGION"), fc.string()), form);

  it("every member is either an entry or has a complete fault", () => {
    fc.assert(
      fc.property(fc.oneof(map, fc.array(form), fc.jsonValue()), (secrets) => {
        const { entries, faults } = read(secrets);
        expectComplete(faults);
        const isCollection = typeof secrets === "object" && secrets !== null;
        const subjects = new Set([...entries, ...faults].map(({ subject }) => subject));
        expect(subjects.size).toBe(isCollection ? Object.keys(secrets).length : 1);
      }),
    );
  });
});
