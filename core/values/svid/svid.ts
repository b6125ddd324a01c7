import type { Problem } from "../../fault/fault.ts";
import { failure, type Result } from "../../fault/result.ts";

/** An identity as SPIRE stores it. Certificates are DER, one behind the other. */
export type Svid = {
  /** Empty where the secret does not say. */
  spiffeId: string;
  /** The leaf first. */
  chain: Uint8Array;
  /** PKCS#8. */
  key: Uint8Array;
  bundle: Uint8Array;
  /** By trust domain, with or without `spiffe://`. */
  federated: [trustDomain: string, bundle: Uint8Array][];
};

/** Calls parsers that throw. Their message is not passed on: it may quote its input. */
export function reading<T>(what: string, read: () => Result<T, Problem>): Result<T, Problem> {
  try {
    return read();
  } catch {
    return invalidSvid(`${what} cannot be read`);
  }
}

export function invalidSvid(cause: string): { ok: false; error: Problem } {
  const remedy = `Check that SPIRE's plugin "aws_secretsmanager" wrote the secret, and that nothing else has changed it since.`;
  return failure({ code: "InvalidSvid", cause, remedy });
}
