import type { Svid } from "../../../../core/values/svid/svid.ts";
import { parseSvidJson } from "../../../../core/values/svid/svid-json.ts";

const pem = (label: string, ...blocks: string[]) =>
  blocks
    .map((bytes) => `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString("base64")}\n-----END ${label}-----\n`)
    .join("");

it.each([
  ["SPIRE's code", { x509SVID: pem("CERTIFICATE", "leaf", "more"), x509SVIDKey: pem("PRIVATE KEY", "key") }],
  ["SPIRE's documentation", { x509Svid: pem("CERTIFICATE", "leaf", "more"), x509SvidKey: pem("PRIVATE KEY", "key") }],
])("reads the names of %s, and certificates one behind the other", (_, fields) => {
  const bundle = pem("CERTIFICATE", "root");
  const json = JSON.stringify({ ...fields, spiffeId: "spiffe://a/b", bundle, federatedBundles: { "a.test": bundle } });
  const svid = parse(json);
  expect({ ...svid, ...textsOf(svid), federated: svid.federated.map(([name, der]) => [name, String(der)]) }).toEqual({
    spiffeId: "spiffe://a/b",
    chain: "leafmore",
    key: "key",
    bundle: "root",
    federated: [["a.test", "root"]],
  });
});

it("takes what is missing for empty, so that its reader can say what is", () => {
  const svid = parse("{}");
  expect({ ...svid, ...textsOf(svid) }).toEqual({ spiffeId: "", chain: "", key: "", bundle: "", federated: [] });
});

it.each([
  ["a key in the place of a certificate", { x509SVID: pem("PRIVATE KEY", "key") }],
  ["a certificate that is cut short", { x509SVID: pem("CERTIFICATE", "a", "b").slice(0, -10) }],
  ["a number for a string", { bundle: 5 }],
  ["a list of bundles", { federatedBundles: "x" }],
])("refuses %s", (_, json) => {
  expect(parseSvidJson(JSON.stringify(json))).toMatchObject({ ok: false, error: { code: "InvalidSvid" } });
});

function parse(json: string): Svid {
  const svid = parseSvidJson(json);
  if (!svid.ok) throw new Error(svid.error.cause);
  return svid.value;
}

function textsOf({ chain, key, bundle }: Svid) {
  return { chain: String(chain), key: String(key), bundle: String(bundle) };
}
