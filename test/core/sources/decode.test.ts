import * as fc from "fast-check";
import { decodeSecret, type SecretValue } from "../../../core/sources/decode.ts";
import { expectProblem } from "../expect-problems.ts";
import { ARN } from "../plans.ts";
import { unwrap } from "../unwrap.ts";

const decode = (answer: SecretValue, id: string) => unwrap(decodeSecret(answer, id));

it.each(["hunter2", "", "\n", "pem\n", "a\0b", '{"a": 1}', "🔑"])("takes the text %j as it is", (text) => {
  expect(decode({ Name: "prod/x", SecretString: text }, ARN)).toEqual({
    name: "prod/x",
    noun: "secret",
    kind: "text",
    text,
  });
});

it("takes bytes as base64 that decodes to the same bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const secret = decode({ Name: "x", SecretBinary: bytes }, "x");
      expect(secret).toMatchObject({ name: "x", kind: "binary", base64: expect.stringMatching(/^[A-Za-z0-9+/]*=*$/) });
      if ("base64" in secret)
        expect(new Uint8Array(Buffer.from(secret.base64, "base64"))).toEqual(new Uint8Array(bytes));
    }),
  );
});

it("takes the bytes of a view, and not those around them", () => {
  const SecretBinary = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
  expect(decode({ SecretBinary }, "x")).toMatchObject({ base64: "AgM=" });
});

it("knows the secret by what it was asked by, where the answer does not name it", () => {
  for (const answer of [{ SecretString: "v" }, { Name: 5 as unknown as string, SecretString: "v" }]) {
    expect(decode(answer, "prod/x")).toMatchObject({ name: "prod/x" });
  }
});

it.each([{}, { Name: "x" }, { SecretString: undefined }])("an answer without a value, %j, is a fault", (answer) => {
  expectProblem(decode(answer, "x"), "InvalidAnswer", /contains no value/, /AWS_ENDPOINT_URL/);
});

it("keeps what the service says of the value, where it is what it should be", () => {
  const answer = { Name: "x", SecretString: "v", ARN, VersionId: "v1", VersionStages: ["AWSCURRENT"] };
  const CreatedDate = new Date(1_700_000_000_000);
  expect(decode({ ...answer, CreatedDate }, "x")).toMatchObject({
    arn: ARN,
    version: "v1",
    stages: ["AWSCURRENT"],
    created: CreatedDate,
  });
  const wrong = { SecretString: "v", ARN: 5, VersionStages: "AWSCURRENT", CreatedDate: new Date(Number.NaN) };
  expect(decode(wrong as unknown as SecretValue, "x")).toEqual({ name: "x", noun: "secret", kind: "text", text: "v" });
});
