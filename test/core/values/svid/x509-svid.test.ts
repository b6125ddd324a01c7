import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import type { Problem } from "../../../../core/fault/fault.ts";
import type { StoredValue } from "../../../../core/sources/decode.ts";
import { readSvid } from "../../../../core/values/svid/x509-svid.ts";
import { CANARY, expectNoCanary } from "../../../support/canary.ts";
import {
  type Authority,
  certificatesOf,
  type Identity,
  makeAuthority,
  toJson,
  toResponse,
} from "../../../support/identity.ts";
import { describeWith } from "../../../support/needs.ts";
import { expectComplete, expectProblem } from "../../expect-problems.ts";

/** The files of an identity, or why it has none. */
function read(...args: Parameters<typeof readSvid>) {
  const result = readSvid(...args);
  return result.ok ? result.value.content : result.error;
}
const own = { name: "svid", noun: "secret" } as const;
const text = (value: string): StoredValue => ({ ...own, kind: "text", text: value });
const bytes = (value: Uint8Array | string): StoredValue => ({
  ...own,
  kind: "binary",
  base64: Buffer.from(value).toString("base64"),
});

describeWith("openssl", "an identity", () => {
  const folder = mkdtempSync(join(tmpdir(), "identity-"));
  let authority: Authority;
  let identity: Identity;
  let foreign: string;
  beforeAll(() => {
    authority = makeAuthority(join(folder, "own"));
    identity = authority.issue();
    foreign = makeAuthority(join(folder, "foreign"), "foreign.test").bundle;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const FORMS: [string, (identity: Identity, federated?: Record<string, string>) => StoredValue][] = [
    ["JSON in bytes", (identity, federated) => bytes(toJson(identity, federated))],
    ["JSON in a text", (identity, federated) => text(toJson(identity, federated))],
    ["an X509SVIDResponse", (identity, federated) => bytes(toResponse([identity], federated))],
  ];

  describe.each(FORMS)("in %s", (_, store) => {
    it("says when its certificate is in date", () => {
      const result = readSvid(store(identity));
      const { validFrom, validTo } = new X509Certificate(identity.chain);
      const validity = { notBefore: new Date(validFrom), notAfter: new Date(validTo) };
      expect(result).toMatchObject({ ok: true, value: { validity } });
    });

    it("finds chain, key and bundle, and writes them as PEM", () => {
      const { chain, key, bundle } = identity;
      expect(Object.fromEntries(filesOf(read(store(identity))))).toEqual({
        "svid.pem": chain,
        "key.pem": key,
        "bundle.pem": bundle,
      });
    });

    it("finds a bundle of several certificates, and those of other trust domains", () => {
      const bundle = authority.bundle + foreign;
      const federated = { "foreign.test": foreign, "spiffe://a_b-c.9": bundle };
      const files = filesOf(read(store({ ...identity, bundle }, federated)));
      expect(files.get("bundle.pem")).toBe(bundle);
      expect(files.get("federated/foreign.test.pem")).toBe(foreign);
      expect(files.get("federated/a_b-c.9.pem")).toBe(bundle);
      expect(files.size).toBe(5);
    });

    it.each(["RSA 2048", "P-256", "P-384", "Ed25519"] as const)("knows a key by its certificate: %s", (keyType) => {
      const issued = authority.issue({ keyType });
      const files = filesOf(read(store(issued)));
      const leaf = new X509Certificate(String(files.get("svid.pem")));
      expect(leaf.checkPrivateKey(createPrivateKey(String(files.get("key.pem"))))).toBe(true);
      expectProblem(
        read(store({ ...issued, key: authority.issue({ keyType }).key })),
        "SvidKeyMismatch",
        /private key does not match its certificate/,
        /store the identity again/,
      );
      const other = keyType === "P-256" ? "P-384" : "P-256";
      expectProblem(
        read(store({ ...issued, key: authority.issue({ keyType: other }).key })),
        "SvidKeyMismatch",
        /./,
        /./,
      );
    });

    it("refuses a key of another kind", () => {
      const issued = authority.issue({ keyType: "P-521" });
      expectProblem(read(store(issued)), "InvalidSvid", /not RSA, P-256, P-384/, /SPIRE/);
    });

    it("refuses a certificate out of date, and says its dates", () => {
      const past = authority.issue({ to: "20200201" });
      const expired = /expired at 2020-02-01T00:00:00Z, and the time is 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
      expectProblem(read(store(past)), "SvidExpired", expired, /SPIRE's logs/);
      const future = authority.issue({ from: "20481231" });
      expectProblem(
        read(store(future)),
        "SvidNotYetValid",
        /not valid before 2048-12-31T00:00:00Z, and the time is 20/,
        /clock/,
      );
    });

    it("takes one to the second of its dates", () => {
      const secret = store(authority.issue({ from: "20300101", to: "20300201" }));
      const [from, to] = [Date.UTC(2030, 0, 1), Date.UTC(2030, 1, 1)];
      const codes = [from - 1, from, to, to + 1].map((now) => (read(secret, now) as Problem).code);
      expect(codes).toEqual(["SvidNotYetValid", undefined, undefined, "SvidExpired"]);
    });

    it("refuses a certificate for another SPIFFE ID", () => {
      const another = { ...identity, spiffeId: "spiffe://example.org/other" };
      expectProblem(read(store(another)), "InvalidSvid", /not for its SPIFFE ID/, /aws_secretsmanager/);
      expect(filesOf(read(store({ ...identity, spiffeId: "" }))).size).toBe(3);
    });

    it.each([
      ["chain", /its certificate chain is missing/],
      ["bundle", /its bundle is missing/],
    ])("refuses one without its %s", (part, cause) => {
      expectProblem(read(store({ ...identity, [part]: "" })), "InvalidSvid", cause, /SPIRE/);
    });

    it.each(["", "a/b", "../x", "A.example", "a b", "spiffe://a/b", "ü", "a\0", "x".repeat(252)])(
      "makes no file out of the trust domain %j",
      (domain) => {
        expectProblem(read(store(identity, { [domain]: foreign })), "InvalidSvid", /trust domain/, /SPIRE/);
      },
    );

    it("makes a file in the folder out of a name of dots", () => {
      expect([...filesOf(read(store(identity, { "..": foreign }))).keys()]).toContain("federated/...pem");
    });
  });

  it("takes the first of several identities", () => {
    const files = filesOf(read(bytes(toResponse([identity, authority.issue({ path: "/second" })]))));
    expect(files.get("svid.pem")).toBe(identity.chain);
  });

  it("reads JSON as SPIRE's documentation has it, with what it may leave out", () => {
    const { spiffeId, chain, key, bundle } = identity;
    const json = JSON.stringify({ spiffeId, x509Svid: chain, x509SvidKey: key, bundle, hint: "db" });
    expect(filesOf(read(text(` \n${json}`))).size).toBe(3);
    expect(filesOf(read(text(JSON.stringify({ x509Svid: chain, x509SvidKey: key, bundle })))).size).toBe(3);
  });

  describe("refused is", () => {
    it.each<[string, (identity: Identity) => object, RegExp]>([
      ["a key that is missing", () => ({ x509SVIDKey: null }), /private key is missing/],
      ["a key that is no text", () => ({ x509SVIDKey: 5 }), /private key is not a string/],
      [
        "a key of another label",
        ({ key }) => ({ x509SVIDKey: key.replaceAll("PRIVATE", "EC PRIVATE") }),
        /private key cannot/,
      ],
      ["two keys", ({ key }) => ({ x509SVIDKey: key + key }), /private key cannot/],
      ["a key that is none", ({ bundle }) => ({ x509SVIDKey: asKey(bundle) }), /private key cannot/],
      [
        "a chain with half a certificate",
        ({ chain }) => ({ x509SVID: chain.slice(0, -30) }),
        /certificate chain cannot/,
      ],
      ["a chain with a key", ({ chain, key }) => ({ x509SVID: chain + key }), /certificate chain cannot/],
      ["a bundle that is none", () => ({ bundle: asCertificate("MAA=") }), /bundle cannot/],
      ["a bundle that is no base64", () => ({ bundle: asCertificate("*") }), /bundle cannot/],
      ["a bundle with more behind it", ({ bundle }) => ({ bundle: longer(bundle) }), /bundle cannot/],
      [
        "a federated bundle that is none",
        () => ({ federatedBundles: { a: asCertificate("MAA=") } }),
        /federated bundle cannot/,
      ],
      ["a federated bundle that is empty", () => ({ federatedBundles: { a: "" } }), /federated bundle is missing/],
      [
        "a federated bundle that is no text",
        () => ({ federatedBundles: { a: {} } }),
        /federated bundle is not a string/,
      ],
      [
        "a list of federated bundles that is none",
        () => ({ federatedBundles: 5 }),
        /federated bundles is not an object/,
      ],
      ["a SPIFFE ID that is no text", () => ({ spiffeID: {} }), /SPIFFE ID is not a string/],
    ])("%s", (_, change, cause) => {
      const json = JSON.stringify({ ...JSON.parse(toJson(identity)), ...change(identity) });
      expectProblem(read(text(json)), "InvalidSvid", cause, /SPIRE/);
    });

    it.each(["", "text", "[]", "null", "{", "{}", '{"a":'.repeat(50_000)])("the text %.20s", (value) => {
      expectProblem(read(text(value)), "InvalidSvid", /./, /SPIRE/);
      expectProblem(read(bytes(value)), "InvalidSvid", /./, /SPIRE/);
    });
  });

  describe("whatever a secret holds, it gives files or a cause that quotes nothing:", () => {
    function expectDiscreet(secret: StoredValue): void {
      const made = read(secret);
      if (made instanceof Map) return;
      expectComplete([{ subject: "A", ...made }]);
      expectNoCanary(made);
    }
    const withCanary = (pieces: Uint8Array[]) => Buffer.concat(pieces.flatMap((piece) => [piece, Buffer.from(CANARY)]));

    it("bytes and texts", () => {
      fc.assert(fc.property(fc.array(fc.uint8Array()), (pieces) => expectDiscreet(bytes(withCanary(pieces)))));
      fc.assert(fc.property(fc.string(), (value) => expectDiscreet(text(`{${value}${CANARY}`))));
    });

    it("JSON with any values in the fields", () => {
      const value = fc.oneof(
        fc.jsonValue(),
        fc.constant(CANARY),
        fc.base64String().map((base64) => asCertificate(base64 + CANARY)),
      );
      const names = ["spiffeID", "x509SVID", "x509SVIDKey", "bundle", "federatedBundles"];
      const fields = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
      fc.assert(
        fc.property(fields, fc.dictionary(fc.string(), value), (changed, federatedBundles) => {
          expectDiscreet(text(JSON.stringify({ ...JSON.parse(toJson(identity)), federatedBundles, ...changed })));
        }),
      );
    });

    it("an identity with a byte changed, or cut short", () => {
      const response = toResponse([identity], { "foreign.test": foreign });
      fc.assert(
        fc.property(fc.nat(response.length - 1), fc.nat(255), fc.boolean(), (at, value, isCut) => {
          const changed = isCut ? response.slice(0, at) : response.with(at, value);
          expectDiscreet(bytes(changed));
        }),
      );
    });
  });
});

function filesOf(made: ReadonlyMap<string, string> | Problem): ReadonlyMap<string, string> {
  if (!(made instanceof Map)) throw new Error(JSON.stringify(made));
  return made;
}

function asCertificate(base64: string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

function asKey(certificate: string): string {
  return certificate.replaceAll("CERTIFICATE", "PRIVATE KEY");
}

function longer(pem: string): string {
  const [first = ""] = certificatesOf(pem);
  return asCertificate(Buffer.concat([new X509Certificate(first).raw, Buffer.from("more")]).toString("base64"));
}
