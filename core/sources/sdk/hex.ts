// The bundle contains this in place of the SDK's own.

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

export function fromHex(text: string): Uint8Array {
  return Buffer.from(text, "hex");
}

/** Returns a generator of version 4 UUIDs. */
export function bindV4(): () => string {
  return () => crypto.randomUUID();
}
