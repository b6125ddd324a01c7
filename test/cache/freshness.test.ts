import * as fc from "fast-check";
import { isFresh, isUsable, pauseMs, shorten, ttlOf } from "../../cache/freshness.ts";
import type { Entry } from "../../core/config/parse.ts";
import type { NamedValue } from "../../core/values/values-of.ts";

const TIME = fc.integer({ min: 0, max: 2 ** 45 });
const TTL = fc.integer({ min: 0, max: 86_400_000 });

it("is fresh from its fetch until its time is over, and not where the clock says before", () => {
  fc.assert(
    fc.property(TIME, TTL, fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), (at, ttlMs, age) => {
      expect(isFresh({ at, ttlMs }, at + age)).toBe(age >= 0 && age < ttlMs);
    }),
  );
  expect(isFresh({ at: 1000, ttlMs: 0 }, 1000)).toBe(false);
});

it("is of use for its time and as long as it may be stale", () => {
  fc.assert(
    fc.property(TIME, TTL, TTL, TTL, (at, ttlMs, maxStaleMs, age) => {
      expect(isUsable({ at, ttlMs }, at + age, maxStaleMs)).toBe(age < ttlMs + maxStaleMs);
    }),
  );
});

it("is shortened by at most a tenth", () => {
  fc.assert(
    fc.property(TTL, fc.double({ min: 0, max: 1, noNaN: true }), (ttlMs, random) => {
      expect(shorten(ttlMs, random)).toBeLessThanOrEqual(ttlMs);
      expect(shorten(ttlMs, random)).toBeGreaterThanOrEqual(ttlMs * 0.9 - 1e-6);
    }),
  );
  expect(new Set(Array.from({ length: 20 }, () => shorten(300_000))).size).toBeGreaterThan(1);
});

it("pauses twice as long after each failure, up to half a minute, and never less than half a second", () => {
  expect([1, 2, 3, 4, 5, 6, 100].map((failures) => pauseMs(failures, 0))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ]);
  expect([1, 100].map((failures) => pauseMs(failures, 1))).toEqual([500, 15_000]);
});

describe("of the values of a request", () => {
  const NOW = 1_000_000_000;
  const entry = (ttl?: number) => ({ subject: "A", ...(ttl !== undefined && { ttl }) }) as Entry;
  const identity = (fromMs: number, toMs: number): NamedValue[] => {
    const validity = { notBefore: new Date(NOW + fromMs), notAfter: new Date(NOW + toMs) };
    return [
      { name: "A", value: "/tmp/a", file: { name: "A", path: "/tmp/a", mode: 0o600, content: new Map(), validity } },
    ];
  };

  it("the least time that an entry says counts, else the setting", () => {
    expect(ttlOf(new Map([[entry(), []]]), 300_000, NOW)).toBe(300_000);
    expect(
      ttlOf(
        new Map([
          [entry(60), []],
          [entry(5), []],
          [entry(), []],
        ]),
        300_000,
        NOW,
      ),
    ).toBe(5000);
    expect(ttlOf(new Map([[entry(0), []]]), 300_000, NOW)).toBe(0);
    expect(ttlOf(new Map([[entry(600), []]]), 300_000, NOW)).toBe(600_000);
    expect(ttlOf(new Map(), 300_000, NOW)).toBe(300_000);
  });

  it("an identity is renewed when half of its life is over, and after that every minute", () => {
    const hour = 3_600_000;
    const ttl = (fromMs: number, toMs: number) =>
      ttlOf(new Map([[entry(86_400), identity(fromMs, toMs)]]), 300_000, NOW);
    expect(ttl(0, hour)).toBe(hour / 2);
    expect(ttl(-hour / 4, (hour * 3) / 4)).toBe(hour / 4);
    expect(ttl(-hour / 2, hour / 2)).toBe(60_000);
    expect(ttl(-hour, 1000)).toBe(60_000);
    expect(ttlOf(new Map([[entry(10), identity(0, hour)]]), 300_000, NOW)).toBe(10_000);
  });
});
