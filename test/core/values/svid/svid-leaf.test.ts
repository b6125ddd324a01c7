import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCertificates } from "../../../../core/values/svid/certificate.ts";
import type { Svid } from "../../../../core/values/svid/svid.ts";
import { checkLeaf } from "../../../../core/values/svid/svid-leaf.ts";
import { type Authority, certificatesOf, type Identity, makeAuthority } from "../../../support/identity.ts";
import { describeWith } from "../../../support/needs.ts";

const NOON = Date.UTC(2030, 0, 1, 12);

describeWith("openssl", "an identity's certificate", () => {
  const folder = mkdtempSync(join(tmpdir(), "leaf-"));
  let authority: Authority;
  let identity: Identity;
  beforeAll(() => {
    authority = makeAuthority(folder);
    identity = authority.issue({ from: "20300101", to: "20300102" });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The code of what is wrong; undefined where nothing is. */
  function check({ now = NOON, ...changes }: Partial<Svid> & { now?: number } = {}): string | undefined {
    const [pem = ""] = certificatesOf(identity.chain);
    const read = readCertificates(new X509Certificate(pem).raw, "its chain");
    if (!read.ok) throw new Error(read.error.cause);
    const own = { spiffeId: identity.spiffeId, key: keyOf(identity) };
    const empty = { chain: new Uint8Array(), bundle: new Uint8Array(), federated: [] };
    const checked = checkLeaf(read.value[0], { ...empty, ...own, ...changes }, now);
    return checked.ok ? undefined : checked.error.code;
  }

  it("is taken in date, for its SPIFFE ID, with its key", () => {
    expect(check()).toBeUndefined();
    expect(check({ spiffeId: "" })).toBeUndefined();
  });

  it("is refused a millisecond before and after its dates", () => {
    const [from, to] = [Date.UTC(2030, 0, 1), Date.UTC(2030, 0, 2)];
    expect([from - 1, from, to, to + 1].map((now) => check({ now }))).toEqual([
      "SvidNotYetValid",
      undefined,
      undefined,
      "SvidExpired",
    ]);
  });

  it("is refused with another's name or key, or with none", () => {
    expect(check({ spiffeId: `${identity.spiffeId}/more` })).toBe("InvalidSvid");
    expect(check({ key: keyOf(authority.issue()) })).toBe("SvidKeyMismatch");
    expect(check({ key: new Uint8Array() })).toBe("InvalidSvid");
  });
});

function keyOf({ key }: Identity): Uint8Array {
  return createPrivateKey(key).export({ type: "pkcs8", format: "der" });
}
