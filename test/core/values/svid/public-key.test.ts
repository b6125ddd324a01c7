import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { ECPrivateKey } from "@peculiar/asn1-ecc";
import { PrivateKeyInfo } from "@peculiar/asn1-pkcs8";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import { publicKeyOf } from "../../../../core/values/svid/public-key.ts";

function derive(pkcs8: Uint8Array): Uint8Array {
  const result = publicKeyOf(pkcs8);
  if (!result.ok) throw new Error(result.error.cause);
  return result.value;
}
const pkcs8 = (key: KeyObject) => key.export({ type: "pkcs8", format: "der" });
const ec = (namedCurve: string) => generateKeyPairSync("ec", { namedCurve }).privateKey;

const KINDS: [string, () => KeyObject][] = [
  ["RSA", () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey],
  ["P-256", () => ec("P-256")],
  ["P-384", () => ec("P-384")],
  ["Ed25519", () => generateKeyPairSync("ed25519").privateKey],
];

it.each(KINDS)("derives %s's as openssl does", (_, generate) => {
  for (let count = 0; count < 5; count++) {
    const key = generate();
    const bytes = derive(pkcs8(key));
    const info = createPublicKey(key as unknown as string).export({ type: "spki", format: "der" });
    expect(info.subarray(-bytes.length).equals(Buffer.from(bytes))).toBe(true);
    expect(info.length - bytes.length).toBeLessThan(30);
  }
});

it("derives it where the private key does not say it, and does not believe one that says another", () => {
  const [key, other] = [ec("P-256"), ec("P-256")];
  const bytes = derive(pkcs8(key));
  const said = AsnConvert.parse(innerOf(pkcs8(other)), ECPrivateKey).publicKey;
  for (const publicKey of [undefined, said]) {
    expect(Buffer.from(derive(withPublicKey(pkcs8(key), publicKey)))).toEqual(Buffer.from(bytes));
  }
});

it.each([
  ["another curve", () => ec("P-521")],
  ["another algorithm", () => generateKeyPairSync("x25519").privateKey],
])("refuses %s", (_, generate) => {
  expect(publicKeyOf(pkcs8(generate()))).toMatchObject({ ok: false, error: { code: "InvalidSvid" } });
});

function innerOf(der: Uint8Array): ArrayBuffer {
  return AsnConvert.parse(der, PrivateKeyInfo).privateKey.buffer;
}

function withPublicKey(der: Uint8Array, publicKey: ArrayBuffer | undefined): Uint8Array {
  const info = AsnConvert.parse(der, PrivateKeyInfo);
  const { privateKey } = AsnConvert.parse(innerOf(der), ECPrivateKey);
  const inner = new ECPrivateKey({ version: 1, privateKey, ...(publicKey && { publicKey }) });
  info.privateKey = new OctetString(AsnConvert.serialize(inner));
  return new Uint8Array(AsnConvert.serialize(info));
}
