import { loadFormatReaders } from "../../../core/values/format-readers.ts";
import { planOf } from "../plans.ts";

it("loads the readers of the formats that entries have", async () => {
  const plan = planOf({ A: { secret: "x", file: "f", format: "x509-svid" }, B: "x" });
  expect(await loadFormatReaders(plan)).toEqual({ "x509-svid": expect.any(Function) });
});

it("loads none where no entry has a format", async () => {
  expect(await loadFormatReaders(planOf({ A: { secret: "x", file: "f" }, "*": "x" }))).toEqual({});
});
