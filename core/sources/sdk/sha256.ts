import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import type { Checksum, SourceData } from "@smithy/types";

/** The hash that the SDK signs requests with, on the host's own implementation. */
export class Sha256 implements Checksum {
  private hash: Hash | Hmac;

  constructor(private readonly key?: SourceData) {
    this.hash = this.start();
  }

  update(data: Uint8Array | string): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.hash.digest());
  }

  reset(): void {
    this.hash = this.start();
  }

  private start(): Hash | Hmac {
    return this.key === undefined ? createHash("sha256") : createHmac("sha256", this.key as Uint8Array | string);
  }
}
