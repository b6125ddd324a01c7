import { failure, success } from "../../../../core/fault/result.ts";
import { invalidSvid, reading } from "../../../../core/values/svid/svid.ts";
import { CANARY, expectNoCanary } from "../../../support/canary.ts";

it("gives what a parser gives, be it a failure", () => {
  expect(reading("its key", () => success("read"))).toEqual(success("read"));
  const known = invalidSvid("its bundle is missing");
  expect(reading("the identity", () => known)).toBe(known);
});

it("says what cannot be read, and nothing that the parser says", () => {
  const read = reading("its key", () => success(JSON.parse(`{"key": "${CANARY}`)));
  expect(read).toEqual(failure(expect.objectContaining({ code: "InvalidSvid", cause: "its key cannot be read" })));
  expectNoCanary(read);
});
