import { denied, type Stored } from "../test/support/store.ts";

/** What is in the demo's Secrets Manager. */
export const STORED: Record<string, Stored> = {
  "prod/db": JSON.stringify({ host: "db.internal", port: 5432, user: "app", password: "pä$$ `w0rd` \"'" }),
  "prod/api-token": "tok_4f9a81c2e7\n",
  "prod/signing-key": Uint8Array.of(0, 255, 16, 128, 7),
  "prod/payments": denied("prod/payments"),
};

/** What the user writes into SECRETS. */
export const REFERENCES = {
  DB_PASSWORD: "prod/db:password",
  API_TOKEN: "prod/api-token",
  SIGNING_KEY: "prod/signing-key",
  "PG_*": "prod/db",
};

/** What every program must then find, and where each value is from. */
export const EXPECTED: { name: string; value: string; from: string }[] = [
  { name: "DB_PASSWORD", value: "pä$$ `w0rd` \"'", from: "prod/db, key password" },
  { name: "API_TOKEN", value: "tok_4f9a81c2e7\n", from: "prod/api-token" },
  { name: "SIGNING_KEY", value: "AP8QgAc=", from: "prod/signing-key, bytes as base64" },
  { name: "PG_host", value: "db.internal", from: "prod/db, key host, by PG_*" },
  { name: "PG_port", value: "5432", from: "prod/db, key port, by PG_*" },
  { name: "PG_user", value: "app", from: "prod/db, key user, by PG_*" },
  { name: "PG_password", value: "pä$$ `w0rd` \"'", from: "prod/db, key password, by PG_*" },
];

/** Three mistakes that people make. */
export const BROKEN = {
  DB_PASSWORD: "prod/db:pasword",
  API_TOKEN: "prod/api-tokn",
  PAYMENTS_KEY: "prod/payments",
};
