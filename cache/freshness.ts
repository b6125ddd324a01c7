import type { Entry } from "../core/config/parse.ts";
import type { NamedValue } from "../core/values/values-of.ts";

/** Milliseconds by the wall clock: no other clock goes on while the environment is frozen. */
export type Time = number;

/** When something was fetched, and for how long it is fresh. */
export type Fetch = { at: Time; ttlMs: number };

export function isFresh({ at, ttlMs }: Fetch, now: Time): boolean {
  // After the clock was set back, what is there may be of any age.
  return at <= now && now - at < ttlMs;
}

/** Whether it may still be served where nothing newer can be had. */
export function isUsable({ at, ttlMs }: Fetch, now: Time, maxStaleMs: number): boolean {
  return now - at < ttlMs + maxStaleMs;
}

/** Up to a tenth shorter, at random: environments that started together then do not ask together. */
export function shorten(ttlMs: number, random = Math.random()): number {
  return ttlMs * (1 - random / 10);
}

/** How long the values of a request are fresh: the least that one of its entries says. */
export function ttlOf(values: ReadonlyMap<Entry, NamedValue[]>, defaultMs: number, now: Time): number {
  const all = [...values].flatMap(([entry, named]) => [
    entry.ttl === undefined ? defaultMs : entry.ttl * 1000,
    ...named.flatMap(({ file }) => (file?.validity ? [renewalMs(file.validity, now)] : [])),
  ]);
  return all.length > 0 ? Math.min(...all) : defaultMs;
}

/** Before half of an identity's life is over. From then on, until there is a new one, every minute. */
function renewalMs({ notBefore, notAfter }: { notBefore: Date; notAfter: Date }, now: Time): number {
  return Math.max((notBefore.getTime() + notAfter.getTime()) / 2 - now, RENEW_MS);
}

const RENEW_MS = 60_000;

/** How long nothing is asked for again after so many failures: it doubles. */
export function pauseMs(failures: number, random = Math.random()): number {
  return Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)) * (1 - random / 2);
}

const FIRST_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 30_000;
