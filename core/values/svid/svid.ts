import type { Cause } from "../../fault/fault.ts";

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

/** Thrown where an identity is of no use. */
export class SvidError extends Error {
  override name = "SvidError" as const;

  constructor(readonly reason: Cause) {
    super(reason.code);
  }
}

/** Calls a parser. Its message is not passed on: it may quote its input. */
export function reading<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw error instanceof SvidError ? error : invalidSvid(`${what} cannot be read`);
  }
}

export function invalidSvid(cause: string): SvidError {
  const remedy = `Check that SPIRE's plugin "aws_secretsmanager" has written the secret, and nobody else since.`;
  return new SvidError({ code: "InvalidSvid", cause, remedy });
}
