import { encode } from "@peculiar/utils/pem";
import type { Problem } from "../../fault/fault.ts";
import { collect, type Result, success } from "../../fault/result.ts";
import type { StoredValue } from "../../sources/decode.ts";
import type { Folder, Validity } from "../secret-file.ts";
import { type ReadCertificate, readCertificates } from "./certificate.ts";
import { invalidSvid, reading, type Svid } from "./svid.ts";
import { parseSvidJson } from "./svid-json.ts";
import { checkLeaf } from "./svid-leaf.ts";
import { decodeSvidResponse } from "./svid-response.ts";

/** An identity as programs take it, in files of PEM, and when its certificate is in date. */
export type Identity = { content: Folder; validity: Validity };

/** Reads and checks the identity in a secret. */
export function readSvid(secret: StoredValue, now = Date.now()): Result<Identity, Problem> {
  return reading("the identity", () => {
    const svid = decode(secret);
    return svid.ok ? toIdentity(svid.value, now) : svid;
  });
}

/** SPIRE stores its JSON as bytes. An X509SVIDResponse never begins with a brace. */
function decode(secret: StoredValue): Result<Svid, Problem> {
  const bytes = secret.kind === "text" ? Buffer.from(secret.text) : Buffer.from(secret.base64, "base64");
  const text = bytes.toString().trimStart();
  return text.startsWith("{") ? parseSvidJson(text) : decodeSvidResponse(bytes);
}

function toIdentity(svid: Svid, now: number): Result<Identity, Problem> {
  const parts = collect([
    readCertificates(svid.chain, "its certificate chain"),
    readCertificates(svid.bundle, "its bundle"),
    collect(svid.federated.map(toFile)),
  ]);
  if (!parts.ok) return parts;
  const [chain, bundle, federated] = parts.value;
  const checked = checkLeaf(chain[0], svid, now);
  if (!checked.ok) return checked;
  const content = new Map([
    ["svid.pem", toPem(chain)],
    ["key.pem", encode("PRIVATE KEY", svid.key)],
    ["bundle.pem", toPem(bundle)],
    ...federated,
  ]);
  return success({ content, validity: checked.value });
}

function toFile([domain, der]: Svid["federated"][number]): Result<[string, string], Problem> {
  // Nothing but a trust domain's characters: a name leads to no other folder.
  const name = domain.replace(/^spiffe:\/\//, "");
  if (!TRUST_DOMAIN.test(name)) return invalidSvid("the name of a federated trust domain is not a valid SPIFFE name");
  const certificates = readCertificates(der, "a federated bundle");
  return certificates.ok ? success([`federated/${name}.pem`, toPem(certificates.value)]) : certificates;
}

function toPem(certificates: ReadCertificate[]): string {
  return certificates.map(({ der }) => encode("CERTIFICATE", der)).join("");
}

/** With its ending a file's name has at most 255 characters. */
const TRUST_DOMAIN = /^[a-z0-9._-]{1,251}$/;
