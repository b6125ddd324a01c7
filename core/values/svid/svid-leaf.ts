import { equal } from "@peculiar/utils/bytes";
import { type ReadCertificate, urisOf } from "./certificate.ts";
import { publicKeyOf } from "./public-key.ts";
import { invalidSvid, reading, type Svid, SvidError } from "./svid.ts";

/** The certificate must be in date at `now`, for the SPIFFE ID, and for the private key. */
export function checkLeaf(leaf: ReadCertificate, { spiffeId, key }: Svid, now: number): void {
  reading("the dates of its certificate", () => checkDates(leaf, now));
  const uris = reading("the names in its certificate", () => urisOf(leaf));
  if (spiffeId !== "" && !uris.includes(spiffeId)) throw invalidSvid("its certificate is not for its SPIFFE ID");
  if (key.length === 0) throw invalidSvid("its private key is missing");
  if (!isKeyOf(leaf, key)) throw KEY_MISMATCH;
}

function checkDates({ content }: ReadCertificate, now: number): void {
  const { notBefore, notAfter } = content.tbsCertificate.validity;
  const [from, to] = [notBefore.getTime(), notAfter.getTime()];
  if (now < from.getTime()) throw notYetValid(iso(from), iso(new Date(now)));
  // Not the other way round: no time is after a date that is none.
  if (!(now <= to.getTime())) throw expired(iso(to), iso(new Date(now)));
}

function iso(date: Date): string {
  return date.toISOString().replace(/\.\d+/, "");
}

function isKeyOf({ content }: ReadCertificate, key: Uint8Array): boolean {
  const own = reading("its private key", () => publicKeyOf(key));
  return equal(own, content.tbsCertificate.subjectPublicKeyInfo.subjectPublicKey);
}

function expired(to: string, now: string): SvidError {
  return new SvidError({
    code: "SvidExpired",
    cause: `its certificate expired at ${to}, and it is ${now}`,
    remedy:
      "See in SPIRE's logs why it no longer stores new ones: its agent must run, and be allowed to write the secret.",
  });
}

function notYetValid(from: string, now: string): SvidError {
  return new SvidError({
    code: "SvidNotYetValid",
    cause: `its certificate is valid only from ${from} on, and it is ${now}`,
    remedy: "Correct the clock of SPIRE's server, or of this machine.",
  });
}

const KEY_MISMATCH = new SvidError({
  code: "SvidKeyMismatch",
  cause: "its private key is not that of its certificate",
  remedy: "Let SPIRE store the identity again; nobody else may write to the secret.",
});
