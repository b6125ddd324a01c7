// What users, secrets and servers may write, from sensible to nonsense. Only values hold the canary.

import * as fc from "fast-check";
import { anyText } from "../core/any-text.ts";
import { CANARY } from "../support/canary.ts";

const IDS = ["x", "y", "prod/db", "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/api-AbCdEf"];
const KEYS = ["a", "B", "a:b", "PATH", "AWS_REGION", "__proto__", "toString", "", "ключ", "a b"];
const NAMES = ["A", "B", "a", "DB_PASSWORD", "*", "DB_*", "PATH", "LD_*", "AWS_REGION", "__proto__", "1", "", "a-b"];

const id = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...IDS) },
  anyText.map((text) => text.replaceAll(":", "") || "x"),
);
const key = fc.oneof(fc.constantFrom(...KEYS), anyText);
const value = fc.oneof(
  { weight: 200, arbitrary: fc.constantFrom(CANARY, `${CANARY}\n`, `${CANARY}\0`, `\ud83d${CANARY}`, `$(${CANARY})`) },
  { weight: 200, arbitrary: anyText.map((text) => text + CANARY) },
  { weight: 1, arbitrary: fc.constant(CANARY.repeat(5000)) },
);

const part = fc.constantFrom("", "", "a", "B", "AWSPREVIOUS", "a1b2c3");
const reference = fc.oneof(
  id,
  fc.tuple(id, fc.array(part, { maxLength: 4 })).map(([id, parts]) => [id, ...parts].join(":")),
  anyText,
);
const option = fc.oneof(fc.boolean(), reference, fc.constant(null), fc.nat());
const objectForm = fc.oneof(
  fc.record(
    { secret: reference, key, optional: fc.boolean(), default: value },
    { requiredKeys: ["secret"], noNullPrototype: true },
  ),
  fc.dictionary(fc.constantFrom("secret", "key", "optional", "default", "file", "kye", "__proto__"), option),
);
const entry = fc.oneof({ weight: 5, arbitrary: reference }, { weight: 4, arbitrary: objectForm }, option);
const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, anyText);

/** What may be written into SECRETS and is JSON. */
export const secretsOfJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.array(fc.tuple(name, entry), { maxLength: 6 }).map(toObject) },
  { weight: 2, arbitrary: fc.array(entry, { maxLength: 4 }).map((list) => JSON.stringify(list)) },
  fc.json(),
);

/** SECRETS that mostly make sense, so that what comes after parsing is reached. */
export const sensibleSecrets: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.tuple(sensibleName(), sensibleEntry()), { maxLength: 5 }).map(toObject) },
  { weight: 1, arbitrary: fc.array(id, { maxLength: 4 }).map((list) => JSON.stringify(list)) },
);

export const anySecrets: fc.Arbitrary<string> = fc.oneof(anyText, secretsOfJson, damaged(secretsOfJson));

/** A secret's text. */
export const secretText: fc.Arbitrary<string> = fc.oneof(
  value,
  fc.array(fc.tuple(key, fc.oneof(value, jsonOfCanaries())), { maxLength: 5 }).map(toObject),
  damaged(fc.array(fc.tuple(key, value), { maxLength: 3 }).map(toObject)),
  fc.nat(1000).map((depth) => `{"a":${"[".repeat(depth)}"${CANARY}"${"]".repeat(depth)}}`),
);

/** The members of a service's answer, each of any type. */
export const answerMembers = fc.record(
  {
    Name: fc.oneof(fc.constantFrom("prod/db", "", "a b", 5, null, ["x"]), anyText),
    SecretString: fc.oneof({ weight: 5, arbitrary: secretText }, jsonOfCanaries()),
    SecretBinary: fc.oneof(fc.base64String(), fc.constantFrom(CANARY, 5, null)),
    VersionStages: jsonOfCanaries(),
    CreatedDate: fc.oneof(fc.double(), fc.constantFrom("yesterday", null)),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** A text with something cut out or put in, at one place. */
export function damaged(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(text, fc.nat(), fc.nat(3), fc.string({ maxLength: 2 })).map(([text, at, cut, put]) => {
    const index = at % (text.length + 1);
    return text.slice(0, index) + put + text.slice(index + cut);
  });
}

function sensibleName() {
  return fc.constantFrom("A", "B", "a", "DB_PASSWORD", "TOKEN", "*", "DB_*", "PATH");
}

function sensibleEntry() {
  const parts = fc.constantFrom("", "", ":a", ":B", ":PATH", "::AWSPREVIOUS");
  const secret = fc.tuple(id, parts).map((texts) => texts.join(""));
  const form = fc.record(
    { secret: id, key: fc.constantFrom("a", "B", "a:b"), optional: fc.boolean(), default: value },
    { requiredKeys: ["secret"], noNullPrototype: true },
  );
  return fc.oneof(secret, form);
}

function jsonOfCanaries() {
  return fc.constantFrom<unknown>(CANARY, [CANARY], { a: CANARY, b: [null, 1.1] }, 12, true, null, `{"a":"${CANARY}"}`);
}

/** By hand: duplicates stay, and `__proto__` is a name like any other. */
function toObject(members: [string, unknown][]): string {
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(",")}}`;
}
