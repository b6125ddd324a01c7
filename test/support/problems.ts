// What the program says of each kind of fault, from the program itself.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCaBundle } from "../../core/config/ca-bundle.ts";
import { readEntries } from "../../core/config/entries.ts";
import { planRequests } from "../../core/config/plan.ts";
import { SECRETS_MANAGER } from "../../core/config/service.ts";
import { checkSnapStart, readSettings } from "../../core/config/settings.ts";
import { findSharedPaths } from "../../core/config/shared-paths.ts";
import { internalError, type Problem } from "../../core/fault/fault.ts";
import { success } from "../../core/fault/result.ts";
import { explainFileError } from "../../core/files/file-error.ts";
import { writeFiles } from "../../core/files/write-files.ts";
import { type Deadline, startDeadline } from "../../core/host/deadline.ts";
import type { Env } from "../../core/host/env.ts";
import { findCredentials } from "../../core/sources/credentials.ts";
import type { Fetched, StoredValue } from "../../core/sources/decode.ts";
import { explainHttpError } from "../../core/sources/explain/explain-http.ts";
import { parameterNotFound } from "../../core/sources/explain/explain-parameter.ts";
import { explainProxyError } from "../../core/sources/explain/explain-proxy.ts";
import { fetchAll } from "../../core/sources/fetch-all.ts";
import { readValues } from "../../core/values/read-values.ts";
import { readSvid } from "../../core/values/svid/x509-svid.ts";
import { buildEnvironment } from "../../core/values/variables.ts";
import { buildCommand } from "../../fetcher/command.ts";
import { explainExecFailure } from "../../fetcher/exec-failure.ts";
import { ROOT } from "../../layer/paths.ts";
import { parseSecrets } from "../core/parse-secrets.ts";
import { FAULTS } from "./faults.ts";
import { makeAuthority, toJson } from "./identity.ts";

/** Code and cause; those of network and service are what the end-to-end tests hold the program to. */
export async function allProblems(): Promise<Pick<Problem, "code" | "cause">[]> {
  const provoked = FAULTS.flatMap(({ says = "" }) => {
    const [code = "", ...cause] = says.split(": ");
    return code ? [{ code, cause: cause.join(": ") }] : [];
  });
  return [
    ...provoked,
    ...(await ofNetwork()),
    ...(await ofSecrets()),
    ...(await ofSecretsFile()),
    ...ofSettings(),
    ...(await ofCredentials()),
    ...ofValues(),
    ...ofParameters(),
    ...ofFiles(),
    ...ofIdentities(),
    ...ofRuntime(),
  ];
}

async function ofNetwork(): Promise<Problem[]> {
  const certificate = ["CERT_NOT_YET_VALID", "CERT_REVOKED", "CERT_REJECTED"];
  const codes = ["ENETUNREACH", "EMFILE", "EIO", "ERR_CA", ...certificate];
  const phases = ["queue", "lookup", "connect", "handshake", "response", "body"] as const;
  const errors = [
    ...codes.map((code) => ({ code, phase: "connect" as const })),
    ...phases.map((phase) => ({ code: "ETIMEDOUT", phase })),
  ];
  const explained = errors.map((error) =>
    explainHttpError(Object.assign(new Error(), error), SECRETS_MANAGER, "eu-west-1", 5000),
  );
  return [...explained, ...ofProxies(), ...(await ofDeadline())];
}

/** Beside those that are provoked. */
function ofProxies(): Problem[] {
  const codes = ["ETIMEDOUT", "ECONNRESET", "EPROTO", "HPE_INVALID_RESPONSE", "ENETUNREACH", "CERT_HAS_EXPIRED"];
  const proxy = { address: "proxy:1", variable: "HTTPS_PROXY" };
  const errors = codes.map((code) => ({ code, phase: code === "ETIMEDOUT" ? "lookup" : "proxy", proxy }) as const);
  return errors.flatMap((error) => explainProxyError(Object.assign(new Error(), error), 5000) ?? []);
}

/** Of a call that never returns. */
async function ofDeadline(): Promise<Problem[]> {
  const { plan } = planRequests(parseSecrets('{"A":"a"}').entries, "eu-west-1");
  const outcomes = await fetchAll(
    plan,
    () => new Promise(() => {}),
    startDeadline(1),
    () => {},
  );
  return [...outcomes.values()].flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
}

async function ofSecrets(): Promise<Problem[]> {
  const texts = ["", "1", '{"A":"a","A":"a"}', '{"A":{"secret":"a","secret":"b"}}', '{"SECRETS":"a"}'];
  const entries = [1, "", "a::b:c", "a:b:c:d:e", "arn:aws:ssm:a:b:c:d", { secret: "a:b", key: "c" }, { secret: 1 }];
  const parameters = ["ssm:", "ssm:a/b", "ssm:/a:b c", "ssm:/a/:1", "ssm:/a/", "ssm:arn:aws:ssm:a:b:c", "ssm:/a:b:c"];
  const options = [
    {},
    { secret: "a", parameter: "/a" },
    { secret: "a", file: "../a" },
    { secret: "a", file: ".secrets-wrapper" },
    { secret: "a", mode: "0600" },
    { secret: "a", format: "x509-svid" },
    { secret: "a:b", file: "f", format: "x509-svid" },
    { secret: "a", encoding: "hex" },
  ];
  const named = [{ "a-b": "a" }, { AWS_REGION: "a" }, { "*": "a:b" }, { A: { secret: "a", kye: "b" } }];
  const all = [
    ...texts,
    ...[...[...entries, ...parameters, ...options].map((A) => ({ A })), ...named].map((secrets) =>
      JSON.stringify(secrets),
    ),
  ];
  const files = ["f", "f", "f/g"].map((file) => JSON.stringify({ secret: "a", file }));
  const shared = findSharedPaths(parseSecrets(`{"A":${files[0]},"B":${files[1]},"C":${files[2]}}`).entries);
  const noRegion = planRequests(parseSecrets('{"A":"a"}').entries, undefined);
  const read = await Promise.all(all.map((text) => readEntries({ SECRETS: text })));
  return [...read.flatMap(({ faults }) => faults), ...noRegion.faults, ...shared];
}

async function ofSecretsFile(): Promise<Problem[]> {
  const folder = mkdtempSync("/tmp/causes-");
  const files = {
    "a.json": "{",
    "b.json": "1",
    "a.yaml": "a: [",
    "b.yml": "1",
    "latin1.json": "\xff",
    "c.yaml": "A: b",
    "large.json": " ".repeat(1_000_001),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, "latin1");
  mkdirSync(join(folder, "folder.json"));
  // A regular file that nobody can read, not even root.
  symlinkSync("/proc/self/mem", join(folder, "unreadable.json"));
  const names = [...Object.keys(files), "folder.json", "unreadable.json", "none.json", "a.txt"];
  const envs = names.map((name) => ({ SECRETS_FILE: name, LAMBDA_TASK_ROOT: folder }));
  const both = { SECRETS_FILE: join(folder, "c.yaml"), SECRETS: '{"A":"b"}' };
  const found = await Promise.all([{}, ...envs, both].map((env) => readEntries(env)));
  rmSync(folder, { recursive: true });
  return found.flatMap(({ faults }) => faults);
}

function ofSettings(): Problem[] {
  const envs: Env[] = [
    { SECRETS_TIMEOUT: "x" },
    { SECRETS_LOG_LEVEL: "x" },
    { AWS_REGION: "EU West" },
    { AWS_ENDPOINT_URL: "x" },
    { AWS_ENDPOINT_URL: "http://x", AWS_USE_FIPS_ENDPOINT: "true" },
  ];
  const commands = [
    buildCommand(["x"], { SECRETS_NEXT_WRAPPER: "/none" }, ""),
    buildCommand(["x"], { SECRETS_NEXT_WRAPPER: "/etc/passwd" }, ""),
    buildCommand(["x"], { SECRETS_NEXT_WRAPPER: "/bin/sh" }, "/bin/sh"),
    buildCommand(["none"], {}, ""),
    buildCommand([], {}, ""),
    buildCommand(["--chek"], {}, ""),
  ];
  const credentials = [
    {},
    { AWS_SESSION_TOKEN: "a\n" },
    { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://example.com" },
  ].map(findCredentials);
  const bundle = readCaBundle({ AWS_CA_BUNDLE: join(ROOT, "LICENSE") });
  return [
    ...(bundle.ok ? [] : [bundle.error]),
    ...envs.flatMap((env) => readSettings(env).faults),
    ...checkSnapStart({ AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start" }),
    ...commands.flatMap((command) => (command.ok ? [] : command.error)),
    ...credentials.flatMap((found) => (found.ok ? [] : found.error)),
  ];
}

/** Of an endpoint where nothing listens. */
async function ofCredentials(): Promise<Problem[]> {
  const provider = findCredentials({ AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1/" });
  const result = provider.ok && (await provider.value(startDeadline(1)));
  return result && !result.ok ? [result.error] : [];
}

function ofValues(): Problem[] {
  const text = (text: string): StoredValue => ({ name: "a", noun: "secret", kind: "text", text });
  const deep = text(`{"k":${"[".repeat(500)}}`);
  const object = text('{"PATH":"","n":null}');
  const cases: [unknown, Fetched?][] = [
    ...[text("x"), text("[]"), deep, BINARY, object].map((secret): [unknown, Fetched] => [{ A: "a:k" }, secret]),
    [{ A: "a:n" }, object],
    [{ A: { secret: "a", encoding: "utf8" } }, BINARY],
    [
      { "*": "ssm:/a/" },
      {
        kind: "parameters",
        values: [
          ["a-b", ""],
          ["a.b", ""],
        ],
      },
    ],
    [{ "*": "a" }, object],
    [["a", "a"], text("x")],
    [["path"], { ...text("x"), name: "path" }],
    ...["\0", "\ud800", "x".repeat(200_000)].map((value): [unknown, Fetched] => [{ A: "a" }, text(value)]),
    [{ A: "a" }],
  ];
  const faultsOf = ([secrets, secret]: (typeof cases)[number], deadline?: Deadline) => {
    const { plan } = planRequests(parseSecrets(JSON.stringify(secrets)).entries, "eu-west-1");
    const outcomes = new Map(secret ? plan.map(({ request }) => [request.key, success(secret)]) : []);
    return buildEnvironment(readValues(plan, outcomes, {}, deadline)).faults;
  };
  return [...cases.flatMap((given) => faultsOf(given)), ...faultsOf([{ A: "a" }, text("x")], startDeadline(0))];
}

const BINARY: StoredValue = { name: "a", noun: "secret", kind: "binary", base64: "/w==" };

function ofParameters(): Problem[] {
  const references = [
    { kind: "parameter", id: "/a" },
    { kind: "path", id: "/a/", recursive: false },
  ] as const;
  return references.map((reference) => parameterNotFound(reference, "eu-west-1"));
}

/** Through a link, and what system calls say. */
function ofFiles(): Problem[] {
  const folder = mkdtempSync("/tmp/causes-");
  symlinkSync(folder, `${folder}/link`);
  const file = { name: "A", path: `${folder}/link/file`, mode: 0o600, content: "" };
  const { faults } = writeFiles([file]);
  rmSync(folder, { recursive: true });
  const codes = ["EROFS", "ENOSPC", "EFBIG", "EISDIR", "ENAMETOOLONG", "EACCES", "EIO"];
  const absent = explainFileError({ code: "EROFS" }, { ...file, content: undefined });
  return [...faults, ...codes.map((code) => explainFileError({ code }, file)), absent];
}

function ofIdentities(): Problem[] {
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
    const read = readSvid({ name: "a", noun: "secret", kind: "text", text });
    return read.ok ? [] : [read.error];
  });
}

function ofRuntime(): Problem[] {
  const failures = ["E2BIG", "ENOEXEC"].map((code) => explainExecFailure("/x", { code }, new Map([["A", "b"]])));
  return [...failures, ...internalError(new TypeError()).faults];
}
