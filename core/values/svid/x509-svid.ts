import { encode } from "@peculiar/utils/pem";
import type { Cause } from "../../fault/fault.ts";
import { failure, type Result, success } from "../../fault/result.ts";
import type { Secret } from "../../sources/decode.ts";
import type { Folder } from "../secret-file.ts";
import { type ReadCertificate, readCertificates } from "./certificate.ts";
import { invalidSvid, reading, type Svid, type SvidError } from "./svid.ts";
import { parseSvidJson } from "./svid-json.ts";
import { checkLeaf } from "./svid-leaf.ts";
import { decodeSvidResponse } from "./svid-response.ts";

/** Reads and checks the identity in a secret; gives it as programs take it, in files of PEM. */
export function readSvid(secret: Secret, now = Date.now()): Result<Folder, Cause> {
  try {
    return success(reading("the identity", () => toFolder(decode(secret), now)));
  } catch (error) {
    return failure((error as SvidError).reason);
  }
}

/** SPIRE stores its JSON as bytes. An X509SVIDResponse never begins with a brace. */
function decode(secret: Secret): Svid {
  const bytes = secret.kind === "text" ? Buffer.from(secret.text) : Buffer.from(secret.base64, "base64");
  const text = bytes.toString().trimStart();
  return text.startsWith("{") ? parseSvidJson(text) : decodeSvidResponse(bytes);
}

function toFolder(svid: Svid, now: number): Folder {
  const chain = readCertificates(svid.chain, "its certificate chain");
  const bundle = readCertificates(svid.bundle, "its bundle");
  const federated = svid.federated.map(([domain, der]): [string, string] => {
    return [`federated/${fileName(domain)}.pem`, toPem(readCertificates(der, "a federated bundle"))];
  });
  checkLeaf(chain[0], svid, now);
  return new Map([
    ["svid.pem", toPem(chain)],
    ["key.pem", encode("PRIVATE KEY", svid.key)],
    ["bundle.pem", toPem(bundle)],
    ...federated,
  ]);
}

function toPem(certificates: ReadCertificate[]): string {
  return certificates.map(({ der }) => encode("CERTIFICATE", der)).join("");
}

/** Nothing but a trust domain's characters: a name leads to no other folder. */
function fileName(domain: string): string {
  const name = domain.replace(/^spiffe:\/\//, "");
  if (!TRUST_DOMAIN.test(name)) throw invalidSvid("the name of a federated trust domain is none that SPIFFE allows");
  return name;
}

/** With its ending a file's name has at most 255 characters. */
const TRUST_DOMAIN = /^[a-z0-9._-]{1,251}$/;
