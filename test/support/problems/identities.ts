import { mkdtempSync, rmSync } from "node:fs";
import type { Problem } from "../../../core/fault/fault.ts";
import { readSvid } from "../../../core/values/svid/x509-svid.ts";
import { makeAuthority, toJson } from "../identity.ts";

/** Needs openssl. */
export function problemsOfIdentities(): Problem[] {
  const folder = mkdtempSync("/tmp/causes-");
  const authority = makeAuthority(folder);
  const identity = authority.issue();
  const texts = [
    ...["", '{"bundle":1}', '{"federatedBundles":1}', "{}", toJson(identity).replaceAll("MII", "MIII")],
    toJson({ ...identity, spiffeId: "spiffe://b" }),
    toJson(identity, { A: identity.bundle }),
    toJson({ ...identity, key: authority.issue().key }),
    toJson(authority.issue({ keyType: "P-521" })),
    toJson(authority.issue({ to: "20200201" })),
    toJson(authority.issue({ from: "20481231" })),
  ];
  rmSync(folder, { recursive: true });
  return texts.flatMap((text) => {
    const read = readSvid({ name: "prod/db", noun: "secret", kind: "text", text });
    return read.ok ? [] : [read.error];
  });
}
