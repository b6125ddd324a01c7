import { decode } from "@peculiar/utils/pem";
import type { Problem } from "../../fault/fault.ts";
import { collect, type Result, success } from "../../fault/result.ts";
import { invalidSvid, reading, type Svid } from "./svid.ts";

/** Reads the JSON that SPIRE stores: `x509SVID` in its code, `x509Svid` in its documentation. */
export function parseSvidJson(text: string): Result<Svid, Problem> {
  const json = reading("its JSON", () => entriesOf(JSON.parse(text), "its JSON"));
  if (!json.ok) return json;
  const fields = new Map(json.value.map(([name, value]) => [name.toLowerCase(), value]));
  const bundles = entriesOf(fields.get("federatedbundles") ?? {}, "its list of federated bundles");
  if (!bundles.ok) return bundles;
  const parts = collect([
    readString(fields.get("spiffeid"), "its SPIFFE ID"),
    readPem(fields.get("x509svid"), "CERTIFICATE", "its certificate chain"),
    readPem(fields.get("x509svidkey"), "PRIVATE KEY", "its private key"),
    readPem(fields.get("bundle"), "CERTIFICATE", "its bundle"),
    collect(bundles.value.map(toFederated)),
  ]);
  if (!parts.ok) return parts;
  const [spiffeId, chain, key, bundle, federated] = parts.value;
  return success({ spiffeId, chain, key, bundle, federated });
}

function toFederated([domain, pem]: [string, unknown]): Result<[string, Uint8Array], Problem> {
  const der = readPem(pem, "CERTIFICATE", "a federated bundle");
  return der.ok ? success([domain, der.value]) : der;
}

function entriesOf(value: unknown, what: string): Result<[string, unknown][], Problem> {
  if (typeof value !== "object" || value === null) return invalidSvid(`${what} is not an object`);
  return success(Object.entries(value));
}

/** What is missing is empty. */
function readString(value: unknown, what: string): Result<string, Problem> {
  const text = value ?? "";
  return typeof text === "string" ? success(text) : invalidSvid(`${what} is not a string`);
}

function readPem(value: unknown, label: string, what: string): Result<Uint8Array, Problem> {
  const pem = readString(value, what);
  if (!pem.ok) return pem;
  return reading(what, () => {
    const blocks = decode(pem.value, { label });
    // The parser ignores a block without an end.
    if (blocks.length < pem.value.split("-----BEGIN").length - 1) throw new Error("not PEM");
    return success(Buffer.concat(blocks.map(({ data }) => data)));
  });
}
