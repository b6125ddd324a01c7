import { invalidSvid, reading, SvidError } from "../../../../core/values/svid/svid.ts";
import { CANARY, expectNoCanary } from "../../../support/canary.ts";

const thrownBy = (parse: () => unknown) => {
  try {
    return parse();
  } catch (error) {
    return error;
  }
};

it("gives what a parser gives", () => {
  expect(reading("its key", () => "read")).toBe("read");
});

it("says what cannot be read, and nothing that the parser says", () => {
  const error = thrownBy(() => reading("its key", () => JSON.parse(`{"key": "${CANARY}`)));
  expect(error).toMatchObject({ reason: { code: "InvalidSvid", cause: expect.stringContaining("its key") } });
  expectNoCanary(error);
});

it("passes on a reason that is known already", () => {
  const known = invalidSvid("its bundle is missing");
  expect(known).toBeInstanceOf(SvidError);
  const fail = () => {
    throw known;
  };
  expect(thrownBy(() => reading("the identity", fail))).toBe(known);
});
