import { createHash } from "node:crypto";
import type { Served } from "../cache.ts";
import { type Held, versionOf } from "../slot.ts";
import type { Request } from "./answer.ts";

/** `age` in seconds, and a warning where nothing newer could be had (RFC 7234, 5.5.1). */
export function freshnessHeaders(served: Served[], now: number): Record<string, string> {
  const oldest = Math.min(now, ...served.map(({ held }) => held.at));
  return {
    age: String(Math.floor((now - oldest) / 1000)),
    ...(served.some(({ stale }) => stale) && { warning: '110 - "Response is Stale"' }),
  };
}

/** The version of what is stored; of a value without one, a hash. */
export function etagOf({ outcome }: Held, value: string): string {
  const tag = versionOf(outcome) ?? createHash("sha256").update(value).digest("hex").slice(0, 32);
  return `"${tag.replace(/[^\w.-]/g, "_")}"`;
}

/** Whether the client has this version. */
export function matches({ headers }: Request, etag: string): boolean {
  const wanted = headers["if-none-match"];
  if (typeof wanted !== "string") return false;
  return wanted.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
}
