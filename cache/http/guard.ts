import { TOKEN_HEADER } from "../../core/host/live-cache.ts";
import { type Answer, type Request, refusal } from "./answer.ts";

/** Says whether this is the function's session token. */
export type CheckToken = (token: string) => boolean | Promise<boolean>;

/**
 * Refuses who is not a program of this function: a request that a server was tricked into sending has no token,
 * one that a proxy passes on says so, and one that a browser sends under another name has that as its host.
 */
export function guard({ headers }: Request, checkToken: CheckToken): Answer | undefined | Promise<Answer | undefined> {
  if (FORWARDED.some((name) => headers[name] !== undefined)) return PASSED_ON;
  if (!LOOPBACK.test(String(headers.host))) return NOT_LOOPBACK;
  const token = headers[TOKEN_HEADER];
  if (typeof token !== "string") return NO_TOKEN;
  const checked = checkToken(token);
  if (typeof checked === "boolean") return checked ? undefined : WRONG_TOKEN;
  return checked.then((isRight) => (isRight ? undefined : WRONG_TOKEN));
}

const FORWARDED = ["x-forwarded-for", "forwarded"];
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

const PASSED_ON = refusal(400, "PassedOn", "Requests that a proxy passes on are refused (X-Forwarded-For).");
const NOT_LOOPBACK = refusal(403, "WrongHost", "The Host header must be localhost or an address of loopback.");
const NO_TOKEN = refusal(
  403,
  "NoToken",
  "The header X-Aws-Parameters-Secrets-Token is missing: it must have the value of AWS_SESSION_TOKEN.",
);
const WRONG_TOKEN = refusal(
  403,
  "WrongToken",
  "X-Aws-Parameters-Secrets-Token is not the function's session token: it must have the value of AWS_SESSION_TOKEN.",
);
