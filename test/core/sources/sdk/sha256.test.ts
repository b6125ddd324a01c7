import { createHash, createHmac } from "node:crypto";
import * as fc from "fast-check";
import { Sha256 } from "../../../../core/sources/sdk/sha256.ts";

const hex = (digest: Uint8Array) => Buffer.from(digest).toString("hex");
const data = fc.oneof(fc.string({ unit: "grapheme" }), fc.uint8Array());

async function digest(parts: (string | Uint8Array)[], hash: Sha256): Promise<string> {
  for (const part of parts) hash.update(part);
  return hex(await hash.digest());
}

it("gives the standard's own example", async () => {
  const expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(await digest(["abc"], new Sha256())).toBe(expected);
});

it("gives RFC 4231's example with a key", async () => {
  const expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  expect(await digest(["what do ya want for nothing?"], new Sha256("Jefe"))).toBe(expected);
});

it("hashes texts and bytes, in any number of parts, as the host does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(data), async (parts) => {
      const expected = createHash("sha256").update(Buffer.concat(parts.map((part) => Buffer.from(part))));
      expect(await digest(parts, new Sha256())).toBe(expected.digest("hex"));
    }),
  );
});

it("authenticates with a key of text or bytes as the host does", async () => {
  await fc.assert(
    fc.asyncProperty(data, data, async (key, text) => {
      expect(await digest([text], new Sha256(key))).toBe(createHmac("sha256", key).update(text).digest("hex"));
    }),
  );
});

it("is a plain array of 32 bytes, as the SDK's signer takes it", async () => {
  const hash = await new Sha256().digest();
  expect(hash).toHaveLength(32);
  expect(Object.getPrototypeOf(hash)).toBe(Uint8Array.prototype);
});

it.each([undefined, "key"])("begins anew after a reset, with the key %s", async (key) => {
  const hash = new Sha256(key);
  hash.update("forgotten");
  hash.reset();
  expect(await digest(["abc"], hash)).toBe(await digest(["abc"], new Sha256(key)));
});
