import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Checksum, HttpRequest, SourceData } from "@smithy/types";
import fc from "fast-check";
import { signer } from "../../../../core/sources/sdk/signer.ts";

/** As a header may have them: one space at most between words. */
const words = fc.array(fc.stringMatching(/^[!-~]+$/), { minLength: 1, maxLength: 4 }).map((all) => all.join(" "));
const identity = fc.record({
  accessKeyId: fc.stringMatching(/^[A-Z0-9]{16,20}$/),
  secretAccessKey: fc.stringMatching(/^[!-~]{1,60}$/),
  sessionToken: fc.option(fc.stringMatching(/^[!-~]{1,1500}$/), { nil: undefined }),
});
const call = fc.record({
  body: fc.string({ unit: "grapheme" }),
  host: fc.domain(),
  target: words,
  signingDate: fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }),
});

function toRequest({ host, target, body }: { host: string; target: string; body: string }): HttpRequest {
  const headers = {
    host,
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": target,
    "x-amz-user-agent": "aws-sdk-js/3.0.0",
    "user-agent": "aws-sdk-js/3.0.0 ua/2.1",
    "amz-sdk-request": "attempt=1; max=1",
  };
  return { method: "POST", protocol: "https:", hostname: host, path: "/", headers, body };
}

it("makes the signature that the SDK makes of the same headers, for every call of one signer", async () => {
  const property = fc.asyncProperty(
    identity,
    fc.array(call, { minLength: 1, maxLength: 4 }),
    async (identity, calls) => {
      const { sessionToken, ...keys } = identity;
      const credentials = { ...keys, ...(sessionToken !== undefined && { sessionToken }) };
      const ours = signer("ssm", "eu-west-1", credentials);
      const theirs = new SignatureV4({
        service: "ssm",
        region: "eu-west-1",
        credentials,
        sha256: Sha256,
        applyChecksum: false,
      });
      const unsignableHeaders = new Set(["amz-sdk-request"]);
      for (const { signingDate, ...call } of calls) {
        const signed = await ours.sign(toRequest(call), { signingDate });
        expect(signed.headers).toEqual(
          (await theirs.sign(toRequest(call), { signingDate, unsignableHeaders })).headers,
        );
      }
    },
  );
  await fc.assert(property, { numRuns: 200 });
});

/** What the SDK's signer hashes with. */
class Sha256 implements Checksum {
  private hash;
  constructor(private readonly key?: SourceData) {
    this.hash = key === undefined ? createHash("sha256") : createHmac("sha256", key as string);
  }
  update(data: Uint8Array): void {
    this.hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
  reset(): void {
    this.hash = this.key === undefined ? createHash("sha256") : createHmac("sha256", this.key as string);
  }
}
