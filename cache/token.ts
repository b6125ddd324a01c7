import { createHash, timingSafeEqual } from "node:crypto";
import { startDeadline } from "../core/host/deadline.ts";
import type { Env } from "../core/host/env.ts";
import type { CredentialProvider } from "../core/sources/credentials.ts";
import type { CheckToken } from "./http/guard.ts";

/**
 * Checks against AWS_SESSION_TOKEN. Under SnapStart there is none in the environment: then against the current and the
 * previous token of the credentials that the function gets, too.
 */
export function createCheckToken({ AWS_SESSION_TOKEN }: Env, credentials?: CredentialProvider): CheckToken {
  if (AWS_SESSION_TOKEN) {
    const own = Buffer.from(AWS_SESSION_TOKEN);
    return (token) => {
      const given = Buffer.from(token);
      return given.length === own.length && timingSafeEqual(given, own);
    };
  }
  if (!credentials) return () => false;
  let [current, previous] = ["", ""];
  return async (token) => {
    const given = digest(token);
    if (given === current || given === previous) return true;
    const found = await credentials(startDeadline(TIMEOUT_MS));
    const newest = found.ok && found.value.sessionToken ? digest(found.value.sessionToken) : current;
    if (newest !== current) [current, previous] = [newest, current];
    return given === current || given === previous;
  };
}

/** Compared in place of the token: how long that takes tells nothing about it. */
function digest(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

const TIMEOUT_MS = 1000;
