import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import type { Problem } from "../../fault/fault.ts";
import { type Result, success } from "../../fault/result.ts";
import { invalidSvid, type Svid } from "./svid.ts";

/** Reads an X509SVIDResponse of the SPIFFE Workload API. Of several identities the first is the default. Throws what its parser does. */
export function decodeSvidResponse(bytes: Uint8Array): Result<Svid, Problem> {
  const response = readMessage(bytes);
  const [first] = response.all(RESPONSE.svids);
  if (!first) return invalidSvid("it is neither SPIRE's JSON nor an X509SVIDResponse with an X509SVID");
  const svid = readMessage(first);
  return success({
    spiffeId: decodeUtf8(svid.last(SVID.spiffeId)),
    chain: svid.last(SVID.chain),
    key: svid.last(SVID.key),
    bundle: svid.last(SVID.bundle),
    federated: response.all(RESPONSE.federatedBundles).map((entry) => {
      const { last } = readMessage(entry);
      return [decodeUtf8(last(MAP_ENTRY.key)), last(MAP_ENTRY.value)];
    }),
  });
}

// All fields are strings, bytes or messages, which have one wire type.
const RESPONSE = { svids: 1, federatedBundles: 3 };
const SVID = { spiffeId: 1, chain: 2, key: 3, bundle: 4 };
const MAP_ENTRY = { key: 1, value: 2 };

function readMessage(bytes: Uint8Array) {
  const found: [field: number, value: Uint8Array][] = [];
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (type === WireType.LengthDelimited) found.push([field, reader.bytes()]);
    else reader.skip(type, field);
  }
  const all = (wanted: number) => found.flatMap(([field, value]) => (field === wanted ? [value] : []));
  return { all, last: (wanted: number) => all(wanted).at(-1) ?? new Uint8Array() };
}

function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
