import type { Env } from "../core/host/env.ts";
import { portOf } from "../core/host/live-cache.ts";

/** How long values are kept, and where they are served. The values are checked with all other settings. */
export type CacheSettings = {
  /** How long a value is served without a call. */
  ttlMs: number;
  /** How long a value is served after that, where no newer one can be had. */
  maxStaleMs: number;
  /** On loopback. */
  port: number;
  /** How many secrets and parameters are kept that SECRETS does not list. */
  size: number;
};

export function readCacheSettings(env: Env): CacheSettings {
  return {
    ttlMs: Number(env.SECRETS_TTL || 300) * 1000,
    maxStaleMs: Number(env.SECRETS_MAX_STALE || 3600) * 1000,
    port: portOf(env),
    size: Number(env.SECRETS_CACHE_SIZE || 1000),
  };
}
