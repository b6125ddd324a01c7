// What is wrong before any call.

import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { readCaBundle } from "../../../core/config/ca-bundle.ts";
import { readEntries } from "../../../core/config/entries.ts";
import { planRequests } from "../../../core/config/plan.ts";
import { checkSnapStart, readSettings } from "../../../core/config/settings.ts";
import { findSharedPaths } from "../../../core/config/shared-paths.ts";
import type { Fault } from "../../../core/fault/fault.ts";
import { startDeadline } from "../../../core/host/deadline.ts";
import type { Env } from "../../../core/host/env.ts";
import { findCredentials } from "../../../core/sources/credentials.ts";
import { buildCommand } from "../../../fetcher/command.ts";
import { ROOT } from "../../../layer/paths.ts";
import { parseSecrets } from "../../core/parse-secrets.ts";

export async function faultsOfConfiguration(): Promise<Fault[]> {
  return [
    ...(await ofSecrets()),
    ...(await ofSecretsFile()),
    ...ofSettings(),
    ...ofCommand(),
    ...(await ofCredentials()),
  ];
}

async function ofSecrets(): Promise<Fault[]> {
  const references = [...REFERENCES, ...OPTIONS].map((DB_PASSWORD) => ({ DB_PASSWORD }));
  const texts = [...TEXTS, ...[...references, ...NAMED].map((secrets) => JSON.stringify(secrets))];
  const read = await Promise.all(texts.map((text) => readEntries({ SECRETS: text })));
  const files = Object.entries({ DB_PASSWORD: "db", OTHER: "db", LAST: "db/key" });
  const sharing = Object.fromEntries(files.map(([name, file]) => [name, { secret: "prod/db", file }]));
  const noRegion = planRequests(parseSecrets('{"DB_PASSWORD":"prod/db"}').entries, undefined);
  const shared = findSharedPaths(parseSecrets(JSON.stringify(sharing)).entries);
  return [...read.flatMap(({ faults }) => faults), ...noRegion.faults, ...shared];
}

async function ofSecretsFile(): Promise<Fault[]> {
  const folder = mkdtempSync("/tmp/causes-");
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text, "latin1");
  mkdirSync(join(folder, "folder.json"));
  // A regular file that nobody can read, not even root.
  symlinkSync("/proc/self/mem", join(folder, "unreadable.json"));
  const names = [...Object.keys(FILES), "folder.json", "unreadable.json", "none.json", "secrets.txt"];
  const envs = names.map((name) => ({ SECRETS_FILE: name, LAMBDA_TASK_ROOT: folder }));
  const both = { SECRETS_FILE: join(folder, "secrets.yaml"), SECRETS: '{"DB_PASSWORD":"prod/db"}' };
  const found = await Promise.all([{}, ...envs, both].map((env) => readEntries(env)));
  rmSync(folder, { recursive: true });
  return found.flatMap(({ faults }) => faults);
}

function ofSettings(): Fault[] {
  const envs: Env[] = [
    { SECRETS_TIMEOUT: "5s" },
    { SECRETS_LOG_LEVEL: "verbose" },
    { AWS_REGION: "EU West" },
    { AWS_ENDPOINT_URL: "vpce-1" },
    { AWS_ENDPOINT_URL: "https://vpce-1.example", AWS_USE_FIPS_ENDPOINT: "true" },
  ];
  const bundles = [join(ROOT, "LICENSE"), "/opt/ca.pem"].map((file) => readCaBundle({ AWS_CA_BUNDLE: file }));
  return [
    ...envs.flatMap((env) => readSettings(env).faults),
    ...checkSnapStart({ AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start" }),
    ...bundles.flatMap((bundle) => (bundle.ok ? [] : [bundle.error])),
  ];
}

function ofCommand(): Fault[] {
  const commands = [
    buildCommand(["node"], { SECRETS_NEXT_WRAPPER: "/opt/none" }, ""),
    buildCommand(["node"], { SECRETS_NEXT_WRAPPER: "/etc/passwd" }, ""),
    buildCommand(["node"], { SECRETS_NEXT_WRAPPER: "/bin/sh" }, "/bin/sh"),
    buildCommand(["no-such-program"], {}, ""),
    buildCommand([], {}, ""),
    buildCommand(["--chek"], {}, ""),
  ];
  return commands.flatMap((command) => (command.ok ? [] : command.error));
}

async function ofCredentials(): Promise<Fault[]> {
  const envs: Env[] = [
    {},
    { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: "token\n" },
    { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://example.com" },
  ];
  const found = envs.map(findCredentials).flatMap((result) => (result.ok ? [] : result.error));
  return [...found, ...(await ofCredentialsEndpoint())];
}

/** One that refuses, which is not tried again. */
async function ofCredentialsEndpoint(): Promise<Fault[]> {
  const server = createServer((_, response) => response.writeHead(403).end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const provider = findCredentials({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/` });
  const fetched = provider.ok && (await provider.value(startDeadline(10_000)));
  server.close();
  server.closeAllConnections();
  return fetched && !fetched.ok ? [{ subject: "credentials", ...fetched.error }] : [];
}

const TEXTS = [
  '{"DB_PASSWORD" "prod/db"}',
  "1",
  '{"DB_PASSWORD":"prod/db","DB_PASSWORD":"prod/db"}',
  '{"DB_PASSWORD":{"secret":"prod/db","secret":"prod/db"}}',
  '{"SECRETS":"prod/db"}',
];
const NAMED = [
  { "db-password": "prod/db" },
  { AWS_REGION: "prod/region" },
  { "*": "prod/db:password" },
  { DB_PASSWORD: { secret: "prod/db", kye: "password" } },
];
const REFERENCES = [
  5,
  "",
  "prod db",
  "prod/db::AWSPREVIOUS:a1b2c3d4-5678-90ab-cdef-EXAMPLE11111",
  "prod/db:password:AWSCURRENT:a:b",
  "arn:aws:secretsmanager:eu-west-1:1111:secret:prod/db",
  { secret: "prod/db:password", key: "password" },
  { secret: 1 },
  "ssm:",
  "ssm:prod/db",
  "ssm:/prod/db:my label",
  "ssm:/prod/:1",
  "ssm:/prod/",
  "ssm:arn:aws:ssm:eu-west-1:1111",
  "ssm:/prod/db:1:2",
];
const OPTIONS = [
  {},
  { secret: "prod/db", parameter: "/prod/db" },
  { secret: "prod/db", file: "../db" },
  { secret: "prod/db", file: ".secrets-wrapper" },
  { secret: "prod/db", mode: "0600" },
  { secret: "prod/db", format: "x509-svid" },
  { secret: "prod/db:password", file: "db", format: "x509-svid" },
  { secret: "prod/db", encoding: "hex" },
];
const FILES = {
  "broken.json": '{"DB_PASSWORD": ',
  "number.json": "1",
  "broken.yaml": "DB_PASSWORD: [",
  "number.yml": "1",
  "latin1.json": "\xff",
  "secrets.yaml": "DB_PASSWORD: prod/db",
  "large.json": " ".repeat(1_000_001),
};
