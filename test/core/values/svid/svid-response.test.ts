import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { reading } from "../../../../core/values/svid/svid.ts";
import { decodeSvidResponse } from "../../../../core/values/svid/svid-response.ts";

type Field = [field: number, value: string | Uint8Array | number];

/** A message of these fields, in this order; numbers are varints. */
function message(...fields: Field[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const [field, value] of fields) {
    if (typeof value === "number") writer.tag(field, WireType.Varint).uint32(value);
    else writer.tag(field, WireType.LengthDelimited).bytes(Buffer.from(value));
  }
  return writer.finish();
}

const SVID: Field[] = [
  [1, "spiffe://a/b"],
  [2, "chain"],
  [3, "key"],
  [4, "bundle"],
];
const read = (...fields: Field[]) => {
  const svid = decodeSvidResponse(message(...fields));
  if (!svid.ok) throw new Error(svid.error.cause);
  const { spiffeId, chain, key, bundle, federated } = svid.value;
  const names = federated.map(([name, der]) => `${name}=${Buffer.from(der)}`);
  return [spiffeId, ...[chain, key, bundle].map((bytes) => String(Buffer.from(bytes))), ...names];
};

it("reads the first identity, which is the default, and the bundles of all other trust domains", () => {
  const [one, two] = [message([1, "a.test"], [2, "A"]), message([1, "b.test"], [2, "B"])];
  expect(read([3, one], [1, message(...SVID)], [1, message([2, "second"])], [3, two])).toEqual([
    "spiffe://a/b",
    "chain",
    "key",
    "bundle",
    "a.test=A",
    "b.test=B",
  ]);
});

it("passes over fields that it does not know, and takes the last of one that is there twice", () => {
  const svid = message([9, 5], [2, "first"], ...SVID, [5, "hint"]);
  expect(read([2, "crl"], [7, 300], [1, svid])).toEqual(["spiffe://a/b", "chain", "key", "bundle"]);
});

it("takes what is missing for empty", () => {
  expect(read([1, ""])).toEqual(["", "", "", ""]);
});

it.each([
  ["nothing", new Uint8Array()],
  ["no identity", message([2, "crl"])],
  ["a message that is cut short", message([1, message(...SVID)]).slice(0, -1)],
  ["a SPIFFE ID that is not UTF-8", message([1, message([1, Uint8Array.of(0xff)])])],
])("refuses %s", (_, bytes) => {
  // What its parser throws is the caller's to catch.
  const read = reading("the response", () => decodeSvidResponse(bytes));
  expect(read).toMatchObject({ ok: false, error: { code: "InvalidSvid" } });
});
