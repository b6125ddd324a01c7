import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCertificates, urisOf } from "../../../../core/values/svid/certificate.ts";
import { certificatesOf, makeAuthority } from "../../../support/identity.ts";
import { describeWith } from "../../../support/needs.ts";

describeWith("openssl", "certificates that openssl made", () => {
  const folder = mkdtempSync(join(tmpdir(), "certificate-"));
  const ders: Buffer[] = [];
  let spiffeId: string;
  beforeAll(() => {
    const identity = makeAuthority(folder).issue();
    spiffeId = identity.spiffeId;
    ders.push(...certificatesOf(identity.chain).map((pem) => new X509Certificate(pem).raw));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are told apart where they stand one behind the other, with not a byte changed", () => {
    const read = readCertificates(Buffer.concat(ders), "its chain");
    expect(ders.length).toBeGreaterThan(1);
    if (!read.ok) throw new Error(read.error.cause);
    expect(read.value.map(({ der }) => Buffer.from(der))).toEqual(ders);
  });

  it("name the SPIFFE ID that they are for, where they do", () => {
    const read = readCertificates(Buffer.concat(ders), "its chain");
    if (!read.ok) throw new Error(read.error.cause);
    const [leaf, ...others] = read.value;
    expect(urisOf(leaf)).toEqual([spiffeId]);
    expect(others.flatMap(urisOf)).not.toContain(spiffeId);
  });

  it.each([
    ["none", () => Buffer.alloc(0)],
    ["half of one", () => Buffer.concat(ders).subarray(0, -1)],
    ["one with more behind it", () => Buffer.concat([...ders, Buffer.from("x")])],
    ["other DER", () => Buffer.from([0x30, 0])],
  ])("are refused: %s", (_, der) => {
    expect(readCertificates(der(), "its chain")).toMatchObject({ ok: false, error: { code: "InvalidSvid" } });
  });
});
