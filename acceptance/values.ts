import { createHash, randomBytes } from "node:crypto";
import type { Hashes } from "./deployed.ts";

/** What is stored, by the keys of the Terraform variable `values`: made up, and with what shells and logs break. */
export function makeValues(): Record<string, string> {
  const keys = ["text", "password", "encrypted", "parameter", "secure", "level"];
  return Object.fromEntries(keys.map((key) => [key, `${randomBytes(12).toString("hex")} $(id) 'é"\\\n${key}`]));
}

/** What each variable of a function is then to hold. `managed`: the value of the secret that EventBridge manages. */
export function expectedHashes(values: Record<string, string>, managed: string): Hashes {
  const { text, password, encrypted, parameter, secure, level } = values;
  const variables = {
    TEXT: text,
    DB_PASSWORD: password,
    BY_ARN: "ann",
    ENCRYPTED: encrypted,
    PARAMETER: parameter,
    SECURE: secure,
    APP_LEVEL: level,
    MANAGED: managed,
  };
  const hashes = Object.entries(variables).map(([name, value = ""]) => [name, hashOf(value)]);
  return { ...Object.fromEntries(hashes), MISSING: null };
}

function hashOf(value: string): string {
  return createHash("sha256").update(value).digest("hex");
}
