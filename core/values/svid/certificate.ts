import { AsnConvert, AsnParser } from "@peculiar/asn1-schema";
import { Certificate, id_ce_subjectAltName, SubjectAlternativeName } from "@peculiar/asn1-x509";
import { fromBER } from "asn1js";
import type { Problem } from "../../fault/fault.ts";
import { type Result, success } from "../../fault/result.ts";
import { invalidSvid, reading } from "./svid.ts";

export type ReadCertificate = { der: Uint8Array; content: Certificate };

export type Certificates = [ReadCertificate, ...ReadCertificate[]];

/** The certificates that stand one behind the other; at least one. */
export function readCertificates(der: Uint8Array, what: string): Result<Certificates, Problem> {
  return reading(what, () => {
    const [first, ...others] = splitCertificates(der);
    return first ? success([first, ...others]) : invalidSvid(`${what} is missing`);
  });
}

function splitCertificates(der: Uint8Array): ReadCertificate[] {
  const certificates: ReadCertificate[] = [];
  for (let rest = der; rest.length > 0; ) {
    const certificate = readFirst(rest);
    certificates.push(certificate);
    rest = rest.subarray(certificate.der.length);
  }
  return certificates;
}

function readFirst(der: Uint8Array): ReadCertificate {
  const { offset, result } = fromBER(der);
  if (offset <= 0) throw new Error("not DER");
  return { der: der.subarray(0, offset), content: AsnParser.fromASN(result, Certificate) };
}

/** The URIs among the names that it is for. */
export function urisOf({ content }: ReadCertificate): string[] {
  const names = content.tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_subjectAltName);
  if (!names) return [];
  const parsed = AsnConvert.parse(names.extnValue, SubjectAlternativeName);
  return parsed.flatMap(({ uniformResourceIdentifier }) => uniformResourceIdentifier ?? []);
}
