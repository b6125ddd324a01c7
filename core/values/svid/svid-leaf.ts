import { equal } from "@peculiar/utils/bytes";
import type { Problem } from "../../fault/fault.ts";
import { failure, type Result, success } from "../../fault/result.ts";
import type { Validity } from "../secret-file.ts";
import { type ReadCertificate, urisOf } from "./certificate.ts";
import { publicKeyOf } from "./public-key.ts";
import { invalidSvid, reading, type Svid } from "./svid.ts";

/** The certificate must be in date at `now`, for the SPIFFE ID, and for the private key. Gives its dates. */
export function checkLeaf(leaf: ReadCertificate, { spiffeId, key }: Svid, now: number): Result<Validity, Problem> {
  const dates = reading("the dates of its certificate", () => checkDates(leaf, now));
  if (!dates.ok) return dates;
  const name = reading("the names in its certificate", () => checkName(leaf, spiffeId));
  if (!name.ok) return name;
  const own = checkKey(leaf, key);
  return own.ok ? dates : own;
}

function checkDates({ content }: ReadCertificate, now: number): Result<Validity, Problem> {
  const { validity } = content.tbsCertificate;
  const [notBefore, notAfter] = [validity.notBefore.getTime(), validity.notAfter.getTime()];
  if (now < notBefore.getTime()) return failure(notYetValid(iso(notBefore), iso(new Date(now))));
  // Not the other way round: no time is after an invalid date.
  if (now <= notAfter.getTime()) return success({ notBefore, notAfter });
  return failure(expired(iso(notAfter), iso(new Date(now))));
}

function checkName(leaf: ReadCertificate, spiffeId: string): Result<void, Problem> {
  const uris = urisOf(leaf);
  const isNamed = spiffeId === "" || uris.includes(spiffeId);
  return isNamed ? success(undefined) : invalidSvid("its certificate is not for its SPIFFE ID");
}

function checkKey({ content }: ReadCertificate, key: Uint8Array): Result<void, Problem> {
  if (key.length === 0) return invalidSvid("its private key is missing");
  const own = publicKeyOf(key);
  if (!own.ok) return own;
  const isOwn = equal(own.value, content.tbsCertificate.subjectPublicKeyInfo.subjectPublicKey);
  return isOwn ? success(undefined) : failure(KEY_MISMATCH);
}

function iso(date: Date): string {
  return date.toISOString().replace(/\.\d+/, "");
}

function expired(to: string, now: string): Problem {
  return {
    code: "SvidExpired",
    cause: `its certificate expired at ${to}, and the time is ${now}`,
    remedy: "Check SPIRE's logs: its agent must run and be allowed to write the secret.",
  };
}

function notYetValid(from: string, now: string): Problem {
  return {
    code: "SvidNotYetValid",
    cause: `its certificate is not valid before ${from}, and the time is ${now}`,
    remedy: "Correct the clock of SPIRE's server, or of this machine.",
  };
}

const KEY_MISMATCH: Problem = {
  code: "SvidKeyMismatch",
  cause: "its private key does not match its certificate",
  remedy: "Have SPIRE store the identity again, and let nothing else write to the secret.",
};
