import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** The signature that a request was sent with, and the one that AWS computes for it. */
export type Signatures = { sent: string; computed: string };

/** Signature Version 4, computed from its documentation. Reads the request's body. */
export async function signaturesOf(request: IncomingMessage, secretKey: string): Promise<Signatures> {
  const { method, url, headers } = request;
  const authorization = headers.authorization ?? "";
  const [, scope = "", signed = "", sent = ""] =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\S+), SignedHeaders=(\S+), Signature=(\S+)$/.exec(authorization) ?? [];
  const lines = signed.split(";").map((name) => `${name}:${headers[name]}\n`);
  const canonical = [method, url, "", lines.join(""), signed, sha256(await text(request))].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  const key = scope.split("/").reduce<string | Buffer>((key, part) => hmac(key, part), `AWS4${secretKey}`);
  return { sent, computed: hmac(key, toSign).toString("hex") };
}

function sha256(data: string): string {
  return createHash("sha256").update(data).digest("hex");
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data).digest();
}
