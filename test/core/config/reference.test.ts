import * as fc from "fast-check";
import {
  type ParameterReference,
  parseParameter,
  parseSecret,
  type Reference,
  regionOf,
  type SecretReference,
} from "../../../core/config/reference.ts";
import { failure, success } from "../../../core/fault/result.ts";
import { anyText } from "../any-text.ts";
import { ARN } from "../plans.ts";

describe("a secret's reference", () => {
  it.each([
    ["prod/db", { reference: { kind: "secret", id: "prod/db" } }],
    ["prod/db:password", { reference: { kind: "secret", id: "prod/db" }, key: "password" }],
    ["prod/db:password::", { reference: { kind: "secret", id: "prod/db" }, key: "password" }],
    ["prod/db::AWSPREVIOUS:", { reference: { kind: "secret", id: "prod/db", stage: "AWSPREVIOUS" } }],
    [
      "prod/db:password:AWSPENDING",
      { reference: { kind: "secret", id: "prod/db", stage: "AWSPENDING" }, key: "password" },
    ],
    ["prod/db:::4f3c", { reference: { kind: "secret", id: "prod/db", versionId: "4f3c" } }],
    ["prod/db:::", { reference: { kind: "secret", id: "prod/db" } }],
    [ARN, { reference: { kind: "secret", id: ARN } }],
    [`${ARN}:password`, { reference: { kind: "secret", id: ARN }, key: "password" }],
    [`${ARN}:user name::`, { reference: { kind: "secret", id: ARN }, key: "user name" }],
    [`${ARN}::AWSPREVIOUS:`, { reference: { kind: "secret", id: ARN, stage: "AWSPREVIOUS" } }],
    [`${ARN}:::4f3c`, { reference: { kind: "secret", id: ARN, versionId: "4f3c" } }],
  ])("%s is read as ECS reads it", (text, parsed) => {
    expect(parseSecret(text)).toEqual(success(parsed));
  });

  it.each([
    ["", /no secret name/],
    [" ", /no secret name/],
    [":password", /no secret name/],
    ["prod/db:a:b:c:d", /too many colons/],
    ["prod/db::::", /too many colons/],
    [`${ARN}:a:b:c:d`, /too many colons/],
    ["prod/db:key:AWSPREVIOUS:4f3c", /both a version stage and a version ID/],
    ["arn:aws:secretsmanager:eu-west-1:111122223333:secret", /not a valid secret ARN/],
    ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:", /not a valid secret ARN/],
    ["arn:aws:secretsmanager::111122223333:secret:x-AbCdEf", /not a valid secret ARN/],
    ["arn:aws:ssm:eu-west-1:111122223333:parameter:x", /not a valid secret ARN/],
    ["arn", /not a valid secret ARN/],
  ])("%j is refused", (text, fault) => {
    expect(parseSecret(text)).toEqual(failure(expect.objectContaining({ cause: expect.stringMatching(fault) })));
  });

  it("gives the fields that it was made of, with any number of trailing colons", () => {
    fc.assert(
      fc.property(ids, part, version, fc.nat(3), (id, key, { stage, versionId }, kept) => {
        const full = `${id}:${key}:${stage}:${versionId}`;
        const bare = full.replace(/:+$/, "");
        const text = full.slice(0, Math.min(full.length, bare.length + kept));
        const reference = { kind: "secret", id, ...(stage && { stage }), ...(versionId && { versionId }) };
        expect(parseSecret(text)).toEqual(success({ reference, ...(key && { key }) }));
      }),
    );
  });

  it("is read where it has a name, no more than four fields, and not both stage and id, and refused otherwise", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("", "a", "prod/db"), { minLength: 1, maxLength: 6 }), (fields) => {
        const [name, , stage, versionId] = fields;
        const isRead = name !== "" && fields.length <= 4 && !(stage && versionId);
        expect(parseSecret(fields.join(":")).ok).toBe(isRead);
      }),
    );
  });

  it("loses nothing of what it says, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: fc.constantFrom(":", "arn", "a") })), (text) => {
        const parsed = parseSecret(text);
        if (!parsed.ok) return;
        const { id, stage = "", versionId = "" } = parsed.value.reference as SecretReference;
        const again = [id, parsed.value.key ?? "", stage, versionId].join(":");
        expect(again.replace(/:+$/, "")).toBe(text.replace(/:+$/, ""));
      }),
    );
  });
});

describe("a parameter's reference", () => {
  const parameter = { kind: "parameter", id: "/prod/log-level" };
  const shared = "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/log-level";
  const open = "arn:aws:ssm:eu-west-1::parameter/aws/service/ami/latest";

  it.each([
    ["/prod/log-level", parameter],
    ["/prod/log-level:3", { ...parameter, version: "3" }],
    ["/prod/log-level:live", { ...parameter, version: "live" }],
    ["/prod/log-level:", parameter],
    ["LogLevel", { ...parameter, id: "LogLevel" }],
    ["/aws/reference/secretsmanager/prod/db", { ...parameter, id: "/aws/reference/secretsmanager/prod/db" }],
    ["/aws/reference/secretsmanager/a+b=c@d", { ...parameter, id: "/aws/reference/secretsmanager/a+b=c@d" }],
    [
      "/aws/reference/secretsmanager/a+b:AWSPREVIOUS",
      { ...parameter, id: "/aws/reference/secretsmanager/a+b", version: "AWSPREVIOUS" },
    ],
    [shared, { ...parameter, id: shared }],
    [open, { ...parameter, id: open }],
    [`${open}:3`, { ...parameter, id: open, version: "3" }],
    [`${shared}:3`, { ...parameter, id: shared, version: "3" }],
    ["/prod/app/", { kind: "path", id: "/prod/app/", recursive: false }],
    ["/prod/app/**", { kind: "path", id: "/prod/app/", recursive: true }],
    ["/", { kind: "path", id: "/", recursive: false }],
    ["/**", { kind: "path", id: "/", recursive: true }],
  ])("%s is read", (text, reference) => {
    expect(parseParameter(text)).toEqual(success({ reference }));
  });

  it.each([
    ["", /no parameter name/],
    [":3", /no parameter name/],
    ["prod/log-level", /not a valid parameter name/],
    ["/prod/app/*", /not a valid parameter name/],
    ["/prod/a+b", /not a valid parameter name/],
    ["/aws/reference/secretsmanager/a+b/", /not a valid parameter name/],
    ["arn:aws:ssm:eu-west-1::parameter/prod/x", /not a valid parameter ARN/],
    ["/prod/app**", /not a valid parameter name/],
    ["/prod/a b", /not a valid parameter name/],
    ["/prod/x:1:key", /too many colons/],
    ["/prod/x:a b", /number or label/],
    ["ssm:/prod/x", /number or label/],
    ["/prod/app/:1", /a path cannot .*have a version/],
    [`${shared}/`, /a path cannot be an ARN/],
    [ARN, /not a valid parameter ARN/],
  ])("%j is refused", (text, fault) => {
    expect(parseParameter(text)).toEqual(failure(expect.objectContaining({ cause: expect.stringMatching(fault) })));
  });

  it("is read where it refers to a secret that can be named itself", () => {
    fc.assert(
      fc.property(
        names.filter((name) => !name.endsWith("/")),
        (name) => {
          const id = `/aws/reference/secretsmanager/${name}`;
          expect(parseParameter(id)).toEqual(success({ reference: { kind: "parameter", id } }));
        },
      ),
    );
  });

  it("loses nothing of what it says, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: fc.constantFrom(":", "/", "*", "a") })), (text) => {
        const parsed = parseParameter(text);
        if (!parsed.ok) return;
        expect(writtenAgain(parsed.value.reference)).toBe(text.replace(/:$/, ""));
      }),
    );
  });
});

function writtenAgain(reference: Reference): string {
  if (reference.kind === "path") return reference.id + (reference.recursive ? "**" : "");
  const { version } = reference as ParameterReference;
  return version === undefined ? reference.id : `${reference.id}:${version}`;
}

describe("the Region of an ARN", () => {
  it("is the one in its ARN", () => {
    expect(regionOf(ARN)).toBe("eu-central-1");
    expect(regionOf("arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:x")).toBe("cn-north-1");
    expect(regionOf("arn:aws:ssm:us-east-1:111122223333:parameter/x")).toBe("us-east-1");
    expect(regionOf("arn:aws:ssm:us-east-1::parameter/aws/service/x")).toBe("us-east-1");
  });

  it.each(["prod/db", "eu-west-1", "arn:aws:ssm:eu-west-1:1:parameter:x"])("is not known from %s", (id) => {
    expect(regionOf(id)).toBeUndefined();
  });
});

const names = fc.stringMatching(/^[A-Za-z0-9/_+=.@!-]{1,40}$/).filter((name) => name !== "arn");
const arns = fc
  .tuple(fc.constantFrom("aws", "aws-cn", "aws-us-gov"), fc.stringMatching(/^[a-z]{2}-[a-z]{4,9}-\d$/), names)
  .map(([partition, region, name]) => `arn:${partition}:secretsmanager:${region}:111122223333:secret:${name}`);
const ids = fc.oneof(names, arns);
const part = fc.string({ unit: "grapheme" }).filter((text) => !text.includes(":"));
const version = fc.oneof(
  fc.constant({ stage: "", versionId: "" }),
  fc.record({ stage: part, versionId: fc.constant("") }),
  fc.record({ stage: fc.constant(""), versionId: fc.uuid() }),
);
