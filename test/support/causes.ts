// What the program says of each kind of fault, from the program itself.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCaBundle } from "../../fetcher/ca-bundle.ts";
import { buildCommand } from "../../fetcher/command.ts";
import { findCredentials } from "../../fetcher/credentials.ts";
import { type Deadline, startDeadline } from "../../fetcher/deadline.ts";
import type { Fetched, Secret } from "../../fetcher/decode.ts";
import { readEntries } from "../../fetcher/entries.ts";
import { explainExecFailure } from "../../fetcher/exec-failure.ts";
import { explainHttpError } from "../../fetcher/explain-http.ts";
import { parameterNotFound } from "../../fetcher/explain-parameter.ts";
import { type Cause, internalError } from "../../fetcher/fault.ts";
import { explainFileError } from "../../fetcher/file-error.ts";
import { writeFiles } from "../../fetcher/files.ts";
import { parseSecrets } from "../../fetcher/parse.ts";
import { planFetches } from "../../fetcher/plan.ts";
import { SECRETS_MANAGER } from "../../fetcher/service.ts";
import { checkSnapStart, type Env, readSettings } from "../../fetcher/settings.ts";
import { findSharedPaths } from "../../fetcher/shared-paths.ts";
import { buildEnvironment } from "../../fetcher/variables.ts";
import { readSvid } from "../../fetcher/x509-svid.ts";
import { ROOT } from "../../layer/paths.ts";
import { FAULTS } from "./faults.ts";
import { makeAuthority, toJson } from "./identity.ts";

/** Code and cause; those of network and service are what the end-to-end tests hold the program to. */
export async function allCauses(): Promise<Pick<Cause, "code" | "cause">[]> {
  const provoked = FAULTS.flatMap(({ says = "" }) => {
    const [code = "", ...cause] = says.split(": ");
    return code ? [{ code, cause: cause.join(": ") }] : [];
  });
  return [
    ...provoked,
    ...ofNetwork(),
    ...ofSecrets(),
    ...(await ofSecretsFile()),
    ...ofSettings(),
    ...ofValues(),
    ...ofParameters(),
    ...ofFiles(),
    ...ofIdentities(),
    ...ofRuntime(),
  ];
}

function ofNetwork(): Cause[] {
  return ["ENETUNREACH", "EMFILE", "EIO", "ERR_CA"].map((code) =>
    explainHttpError(
      Object.assign(new Error(), { code, phase: "connect" as const }),
      SECRETS_MANAGER,
      "eu-west-1",
      5000,
    ),
  );
}

function ofSecrets(): Cause[] {
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
  const noRegion = planFetches(parseSecrets('{"A":"a"}').entries, undefined);
  return [...all.flatMap((text) => parseSecrets(text).faults), ...noRegion.faults, ...shared];
}

async function ofSecretsFile(): Promise<Cause[]> {
  const folder = mkdtempSync("/tmp/causes-");
  const files = {
    "a.json": "{",
    "b.json": "1",
    "a.yaml": "a: [",
    "b.yml": "1",
    "latin1.json": "\xff",
    "c.yaml": "A: b",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, "latin1");
  mkdirSync(join(folder, "folder.json"));
  const names = [...Object.keys(files), "folder.json", "none.json", "a.txt"];
  const envs = names.map((name) => ({ SECRETS_FILE: name, LAMBDA_TASK_ROOT: folder }));
  const both = { SECRETS_FILE: join(folder, "c.yaml"), SECRETS: '{"A":"b"}' };
  const found = await Promise.all([{}, ...envs, both].map((env) => readEntries(env)));
  rmSync(folder, { recursive: true });
  return found.flatMap(({ faults }) => faults);
}

function ofSettings(): Cause[] {
  const envs: Env[] = [
    { SECRETS_TIMEOUT: "x" },
    { AWS_REGION: "EU West" },
    { AWS_ENDPOINT_URL: "x" },
    { AWS_ENDPOINT_URL: "http://x", AWS_USE_FIPS_ENDPOINT: "true" },
  ];
  const commands = [
    buildCommand(["x"], ["/none"], {}, ""),
    buildCommand(["x"], ["/etc/passwd"], {}, ""),
    buildCommand(["x"], ["/bin/sh"], {}, "/bin/sh"),
    buildCommand(["none"], [], {}, ""),
    buildCommand([], [], {}, ""),
  ];
  const credentials = [
    {},
    { AWS_SESSION_TOKEN: "a\n" },
    { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://example.com" },
  ].map(findCredentials);
  const bundle = readCaBundle({ AWS_CA_BUNDLE: join(ROOT, "LICENSE") });
  return [
    ...("fault" in bundle ? [bundle.fault] : []),
    ...envs.flatMap((env) => readSettings(env).faults),
    ...checkSnapStart({ AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start" }),
    ...commands.flatMap((command) => (Array.isArray(command) ? command : [])),
    ...credentials.flatMap((found) => ("fault" in found ? [found.fault] : [])),
  ];
}

function ofValues(): Cause[] {
  const text = (text: string): Secret => ({ name: "a", noun: "secret", kind: "text", text });
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
    const { plan } = planFetches(parseSecrets(JSON.stringify(secrets)).entries, "eu-west-1");
    const outcomes = new Map(secret ? plan.map(({ fetch }) => [fetch, secret]) : []);
    return buildEnvironment(plan, outcomes, undefined, deadline).faults;
  };
  return [...cases.flatMap((given) => faultsOf(given)), ...faultsOf([{ A: "a" }, text("x")], startDeadline(0))];
}

const BINARY: Secret = { name: "a", noun: "secret", kind: "binary", base64: "/w==" };

function ofParameters(): Cause[] {
  const references = [
    { source: "parameter", id: "/a" },
    { source: "path", id: "/a/", recursive: false },
  ] as const;
  return references.map((reference) => parameterNotFound(reference, "eu-west-1"));
}

/** Through a link, and what system calls say. */
function ofFiles(): Cause[] {
  const folder = mkdtempSync("/tmp/causes-");
  symlinkSync(folder, `${folder}/link`);
  const file = { name: "A", path: `${folder}/link/file`, mode: 0o600, content: "" };
  const { faults } = writeFiles([file]);
  rmSync(folder, { recursive: true });
  const codes = ["EROFS", "ENOSPC", "EFBIG", "EISDIR", "ENAMETOOLONG", "EACCES", "EIO"];
  const absent = explainFileError({ code: "EROFS" }, { ...file, content: undefined });
  return [...faults, ...codes.map((code) => explainFileError({ code }, file)), absent];
}

function ofIdentities(): Cause[] {
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
  return texts.map((text) => readSvid({ name: "a", noun: "secret", kind: "text", text }) as Cause);
}

function ofRuntime(): Cause[] {
  const failures = ["E2BIG", "ENOEXEC"].map((code) => explainExecFailure("/x", { code }, new Map([["A", "b"]])));
  return [...failures, ...internalError(new TypeError()).faults];
}
