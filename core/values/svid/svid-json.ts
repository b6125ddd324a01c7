import { decode } from "@peculiar/utils/pem";
import { invalidSvid, reading, type Svid } from "./svid.ts";

/** Reads the JSON that SPIRE stores: `x509SVID` in its code, `x509Svid` in its documentation. */
export function parseSvidJson(text: string): Svid {
  const json: unknown = reading("its JSON", () => JSON.parse(text));
  const fields = new Map(entriesOf(json, "its JSON").map(([name, value]) => [name.toLowerCase(), value]));
  const federated = entriesOf(fields.get("federatedbundles") ?? {}, "its list of federated bundles");
  return {
    spiffeId: toText(fields.get("spiffeid"), "its SPIFFE ID"),
    chain: toDer(fields.get("x509svid"), "CERTIFICATE", "its certificate chain"),
    key: toDer(fields.get("x509svidkey"), "PRIVATE KEY", "its private key"),
    bundle: toDer(fields.get("bundle"), "CERTIFICATE", "its bundle"),
    federated: federated.map(([domain, pem]) => [domain, toDer(pem, "CERTIFICATE", "a federated bundle")]),
  };
}

function entriesOf(value: unknown, what: string): [string, unknown][] {
  if (typeof value !== "object" || value === null) throw invalidSvid(`${what} is not an object`);
  return Object.entries(value);
}

/** What is missing is empty. */
function toText(value: unknown, what: string): string {
  if (typeof (value ?? "") !== "string") throw invalidSvid(`${what} is not a text`);
  return (value ?? "") as string;
}

function toDer(value: unknown, label: string, what: string): Uint8Array {
  const text = toText(value, what);
  const blocks = reading(what, () => decode(text, { label }));
  // A block without its end is none to the parser.
  if (blocks.length < text.split("-----BEGIN").length - 1) throw invalidSvid(`${what} cannot be read`);
  return Buffer.concat(blocks.map(({ data }) => data));
}
