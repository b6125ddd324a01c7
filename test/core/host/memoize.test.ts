import { lazy, memoize } from "../../../core/host/memoize.ts";

it("once makes nothing before it is asked, and then one thing for all", () => {
  const make = jest.fn(() => ({}));
  const get = lazy(make);
  expect(make).not.toHaveBeenCalled();
  expect(get()).toBe(get());
  expect(make).toHaveBeenCalledTimes(1);
});

it("memoize makes one thing for each object, also where it is undefined", () => {
  const make = jest.fn((_: object) => undefined);
  const get = memoize(make);
  const [first, second] = [{}, {}];
  for (const key of [first, second, first, second]) expect(get(key)).toBeUndefined();
  expect(make.mock.calls).toEqual([[first], [second]]);
});
