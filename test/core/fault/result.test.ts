import { collect, failure, type Result, success } from "../../../core/fault/result.ts";

it("collects the values of results, each with its type", () => {
  const collected: Result<[string, number], never> = collect([success("a"), success(1)]);
  expect(collected).toEqual(success(["a", 1]));
  expect(collect([])).toEqual(success([]));
});

it("gives the first error where there are any", () => {
  expect(collect([success("a"), failure("first"), failure("second")])).toEqual(failure("first"));
});
