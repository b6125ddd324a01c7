import { decode } from "@peculiar/utils/pem";
import { invalidSvid, reading, type Svid } from "./svid.ts";

/** Reads the JSON that SPIRE stores. It writes `x509SVID` where its documentation has `x509Svid`: case makes no difference. */
export function parseSvidJson(text: string): Svid {
  const fields = new Map(Object.entries(parseObject(text)).map(([name, value]) => [name.toLowerCase(), value]));
  const federated = fields.get("federatedbundles") ?? {};
  return {
    spiffeId: toText(fields.get("spiffeid"), "its SPIFFE ID"),
    chain: toDer(fields.get("x509svid"), "CERTIFICATE", "its certificate chain"),
    key: toDer(fields.get("x509svidkey"), "PRIVATE KEY", "its private key"),
    bundle: toDer(fields.get("bundle"), "CERTIFICATE", "its bundle"),
    federated: Object.entries(federated).map(([domain, pem]) => [
      domain,
      toDer(pem, "CERTIFICATE", "a federated bundle"),
    ]),
  };
}

function parseObject(text: string): object {
  const json: unknown = reading("its JSON", () => JSON.parse(text));
  if (typeof json !== "object" || json === null) throw invalidSvid("its JSON is not an object");
  return json;
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
