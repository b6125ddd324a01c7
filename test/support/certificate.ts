import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Certificate = {
  /** PEM file of the authority that clients are to believe. */
  caFile: string;
  /** PEM of the server's own, for `localhost`. */
  key: string;
  cert: string;
};

/** Makes an authority and a server certificate of it, by openssl, in `folder`. */
export function makeCertificate(folder: string): Certificate {
  const file = (name: string) => join(folder, name);
  const newKey = (name: string) => [
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-keyout",
    name,
  ];
  writeFileSync(file("leaf.cnf"), LEAF);

  openssl(folder, ["req", "-x509", ...newKey("ca.key"), "-out", "ca.pem", "-days", "1", "-subj", "/CN=Test CA"]);
  openssl(folder, ["req", "-new", ...newKey("leaf.key"), "-out", "leaf.csr", "-subj", "/CN=localhost"]);
  const signer = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
  openssl(folder, [
    "x509",
    "-req",
    "-in",
    "leaf.csr",
    ...signer,
    "-days",
    "1",
    "-extfile",
    "leaf.cnf",
    "-out",
    "leaf.pem",
  ]);

  return {
    caFile: file("ca.pem"),
    key: readFileSync(file("leaf.key"), "utf8"),
    cert: readFileSync(file("leaf.pem"), "utf8"),
  };
}

const LEAF = `subjectAltName = DNS:localhost
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
`;

function openssl(cwd: string, args: string[]): void {
  execFileSync("openssl", args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
}
