import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openssl } from "./openssl.ts";

export type Certificate = {
  /** PEM file of the authority that clients are to believe. */
  caFile: string;
  /** PEM of the server's own. */
  key: string;
  cert: string;
};

/** Makes an authority and a server certificate of it, by openssl, in `folder`. Dates as `20301231`. */
export function makeCertificate(
  folder: string,
  { from = "20200101", to = "20491231", hosts = ["localhost"] } = {},
): Certificate {
  const file = (name: string) => join(folder, name);
  const newKey = (name: string) => ["-newkey", "ec", "-pkeyopt", CURVE, "-nodes", "-keyout", name];
  writeFileSync(file("ca.cnf"), AUTHORITY);
  writeFileSync(file("leaf.cnf"), `subjectAltName = ${hosts.map((host) => `DNS:${host}`)}\n${LEAF}`);
  writeFileSync(file("index.txt"), "");

  openssl(folder, ["req", "-x509", ...newKey("ca.key"), "-out", "ca.pem", "-days", "1", "-subj", "/CN=Test CA"]);
  openssl(folder, ["req", "-new", ...newKey("leaf.key"), "-out", "leaf.csr", "-subj", "/CN=localhost"]);
  const signer = ["-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-extfile", "leaf.cnf"];
  const dates = ["-startdate", `${from}000000Z`, "-enddate", `${to}000000Z`];
  openssl(folder, ["ca", "-batch", "-notext", ...signer, ...dates, "-in", "leaf.csr", "-out", "leaf.pem"]);

  return {
    caFile: file("ca.pem"),
    key: readFileSync(file("leaf.key"), "utf8"),
    cert: readFileSync(file("leaf.pem"), "utf8"),
  };
}

const CURVE = "ec_paramgen_curve:prime256v1";

const AUTHORITY = `[ca]
default_ca = own
[own]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
[any]
commonName = supplied
`;

const LEAF = `basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
`;
