import { ed25519 } from "@noble/curves/ed25519.js";
import { p256, p384 } from "@noble/curves/nist.js";
import { ECParameters, ECPrivateKey, id_ecPublicKey, id_secp256r1, id_secp384r1 } from "@peculiar/asn1-ecc";
import { PrivateKey, PrivateKeyInfo } from "@peculiar/asn1-pkcs8";
import { id_rsaEncryption, RSAPrivateKey, RSAPublicKey } from "@peculiar/asn1-rsa";
import { AsnConvert, AsnParser } from "@peculiar/asn1-schema";
import { fromBER } from "asn1js";
import type { Problem } from "../../fault/fault.ts";
import { type Result, success } from "../../fault/result.ts";
import { invalidSvid, reading } from "./svid.ts";

/** The public key of a private one in PKCS#8, as a certificate holds it: derived, not what the private one says. */
export function publicKeyOf(pkcs8: Uint8Array): Result<Uint8Array, Problem> {
  return reading("its private key", () => {
    const { offset, result } = fromBER(pkcs8);
    if (offset !== pkcs8.length) throw new Error("not DER");
    const { privateKeyAlgorithm, privateKey } = AsnParser.fromASN(result, PrivateKeyInfo);
    const derive = ALGORITHMS.get(privateKeyAlgorithm.algorithm);
    const publicKey = derive?.(privateKey.buffer, privateKeyAlgorithm.parameters);
    return publicKey ? success(publicKey) : UNKNOWN_KIND;
  });
}

const ID_ED25519 = "1.3.101.112";

const ALGORITHMS = new Map([
  [id_rsaEncryption, ofRsa],
  [id_ecPublicKey, ofCurve],
  [ID_ED25519, ofEd25519],
]);

const CURVES = new Map([
  [id_secp256r1, p256],
  [id_secp384r1, p384],
]);

// Tables pay only where more than one key is derived.
for (const { Point } of [p256, p384, ed25519]) Point.BASE.precompute(1);

function ofRsa(key: ArrayBuffer): Uint8Array {
  const { modulus, publicExponent } = AsnConvert.parse(key, RSAPrivateKey);
  return new Uint8Array(AsnConvert.serialize(new RSAPublicKey({ modulus, publicExponent })));
}

function ofCurve(key: ArrayBuffer, parameters: ArrayBuffer | null | undefined): Uint8Array | undefined {
  const { namedCurve } = AsnConvert.parse(parameters ?? new ArrayBuffer(), ECParameters);
  const curve = CURVES.get(namedCurve ?? "");
  return curve?.getPublicKey(new Uint8Array(AsnConvert.parse(key, ECPrivateKey).privateKey.buffer), false);
}

function ofEd25519(key: ArrayBuffer): Uint8Array {
  return ed25519.getPublicKey(new Uint8Array(AsnConvert.parse(key, PrivateKey).buffer));
}

const UNKNOWN_KIND = invalidSvid("the private key is not RSA, P-256, P-384 or Ed25519");
