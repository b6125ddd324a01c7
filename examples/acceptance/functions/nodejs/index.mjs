import { createHash } from "node:crypto";

const hash = (value) => (value === undefined ? null : createHash("sha256").update(value).digest("hex"));

export const handler = async () =>
  Object.fromEntries(process.env.NAMES.split(" ").map((name) => [name, hash(process.env[name])]));
