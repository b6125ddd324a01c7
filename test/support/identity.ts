// X.509-SVIDs as SPIRE issues them, made by openssl, and the forms that they are stored in.

import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { openssl } from "./openssl.ts";

/** All PEM. */
export type Identity = { spiffeId: string; chain: string; key: string; bundle: string };

export type Authority = {
  /** PEM of the root. */
  bundle: string;
  issue(options?: IssueOptions): Identity;
};

export type IssueOptions = {
  path?: string;
  keyType?: keyof typeof KEY_TYPES;
  /** As `20301231`. */
  from?: string;
  to?: string;
};

const KEY_TYPES = {
  "RSA 2048": ["rsa:2048"],
  "P-256": ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
  "P-384": ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
  "P-521": ["ec", "-pkeyopt", "ec_paramgen_curve:P-521"],
  Ed25519: ["ed25519"],
};

/** Makes a root and an intermediate authority of a trust domain, in `folder`. */
export function makeAuthority(folder: string, trustDomain = "example.org"): Authority {
  mkdirSync(folder, { recursive: true });
  const file = (name: string) => join(folder, name);
  const read = (name: string) => readFileSync(file(name), "utf8");
  const request = (name: string, keyType: string[], ...more: string[]) =>
    openssl(folder, [
      "req",
      "-new",
      "-newkey",
      ...keyType,
      "-nodes",
      "-keyout",
      `${name}.key`,
      "-subj",
      "/O=SPIRE",
      ...more,
    ]);
  const sign = (name: string, signer: string, extensions: string, from: string, to: string) => {
    writeFileSync(file(`${name}.cnf`), extensions);
    const by = ["-config", "ca.cnf", "-cert", `${signer}.pem`, "-keyfile", `${signer}.key`];
    const dates = ["-startdate", `${from}000000Z`, "-enddate", `${to}000000Z`];
    const made = ["-extfile", `${name}.cnf`, "-in", `${name}.csr`, "-out", `${name}.pem`];
    openssl(folder, ["ca", "-batch", "-notext", ...by, ...dates, ...made]);
  };

  writeFileSync(file("ca.cnf"), DATABASE);
  writeFileSync(file("index.txt"), "");
  request("root", KEY_TYPES["P-256"], "-x509", "-days", "1", "-out", "root.pem");
  request("intermediate", KEY_TYPES["P-256"], "-out", "intermediate.csr");
  sign("intermediate", "root", authorityExtensions(trustDomain), "20200101", "20491231");

  let issued = 0;
  function issue({ path = "/db", keyType = "P-256", from = "20200101", to = "20491231" }: IssueOptions = {}): Identity {
    const name = `leaf-${++issued}`;
    const spiffeId = `spiffe://${trustDomain}${path}`;
    request(name, KEY_TYPES[keyType], "-out", `${name}.csr`);
    sign(name, "intermediate", leafExtensions(spiffeId), from, to);
    const chain = read(`${name}.pem`) + read("intermediate.pem");
    return { spiffeId, chain, key: read(`${name}.key`), bundle: read("root.pem") };
  }
  return { bundle: read("root.pem"), issue };
}

/** As SPIRE writes it, who stores it as bytes. */
export function toJson(
  { spiffeId, chain, key, bundle }: Identity,
  federatedBundles: Record<string, string> = {},
): string {
  return JSON.stringify({ spiffeID: spiffeId, x509SVID: chain, x509SVIDKey: key, bundle, federatedBundles });
}

/** An X509SVIDResponse of the SPIFFE Workload API. */
export function toResponse(identities: Identity[], federatedBundles: Record<string, string> = {}): Uint8Array {
  const writer = new BinaryWriter();
  for (const { spiffeId, chain, key, bundle } of identities) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(spiffeId);
    writer.tag(2, WireType.LengthDelimited).bytes(certificatesToDer(chain));
    writer.tag(3, WireType.LengthDelimited).bytes(createPrivateKey(key).export({ type: "pkcs8", format: "der" }));
    writer.tag(4, WireType.LengthDelimited).bytes(certificatesToDer(bundle));
    writer.join();
  }
  writer.tag(2, WireType.LengthDelimited).bytes(Buffer.from("a revocation list"));
  for (const [trustDomain, bundle] of Object.entries(federatedBundles)) {
    writer.tag(3, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(trustDomain);
    writer.tag(2, WireType.LengthDelimited).bytes(certificatesToDer(bundle));
    writer.join();
  }
  return writer.finish();
}

export function certificatesToDer(pem: string): Buffer {
  return Buffer.concat(certificatesOf(pem).map((one) => new X509Certificate(one).raw));
}

export function certificatesOf(pem: string): string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n/g) ?? [];
}

const DATABASE = `[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
organizationName = optional
`;

function authorityExtensions(trustDomain: string): string {
  return `subjectAltName = URI:spiffe://${trustDomain}
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
`;
}

function leafExtensions(spiffeId: string): string {
  return `subjectAltName = URI:${spiffeId}
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth, clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
`;
}
