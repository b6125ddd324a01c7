import * as fc from "fast-check";
import { bindV4, fromHex, toHex } from "../../../../core/sources/sdk/hex.ts";

it("writes each byte as two digits, in lower case", () => {
  expect(toHex(Uint8Array.of(0, 15, 171, 255))).toBe("000fabff");
});

it("reads what it writes", () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(new Uint8Array(fromHex(toHex(bytes)))).toEqual(bytes)));
});

it("makes another UUID of version 4 each time", () => {
  const uuid = bindV4();
  expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(uuid()).not.toBe(uuid());
});
