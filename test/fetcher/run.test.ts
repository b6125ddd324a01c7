import type { Env } from "../../core/host/env.ts";
import { fetchFromServices } from "../../fetcher/fetch-from-services.ts";
import { run } from "../../fetcher/run.ts";
import { closing } from "../core/servers.ts";
import { CANARY, expectNoCanary } from "../support/canary.ts";
import { lambdaEnv } from "../support/run.ts";
import { startStore } from "../support/store.ts";

/** Runs the program in this process; gives what it did outside of itself. */
async function runWith(env: Env, args: string[], execve = () => {}) {
  const started: { file: string; argv: string[]; env: Env }[] = [];
  let stdout = "";
  let stderr = "";
  const status = await run(env, ["engine", "/opt/secrets-wrapper/fetcher.qbc", ...args], {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (line) => {
      stderr += line;
    },
    execve: (file, argv, env) => {
      started.push({ file, argv, env });
      execve();
    },
    fetch: fetchFromServices,
  });
  return { status, stdout, stderr, started };
}

async function lambdaWith(secrets: unknown): Promise<Env> {
  const store = closing(await startStore({ "prod/token": CANARY }));
  return lambdaEnv(store.url, secrets);
}

it("starts the runtime with the values beside what it inherited", async () => {
  const env = await lambdaWith({ TOKEN: "prod/token" });
  const { status, stdout, stderr, started } = await runWith(env, [process.execPath, "index.js"]);
  expect([status, stdout, stderr]).toEqual([0, "", ""]);
  expect(started).toEqual([
    { file: process.execPath, argv: [process.execPath, "index.js"], env: { ...env, TOKEN: CANARY } },
  ]);
});

it("starts nothing where a secret is missing, and says why", async () => {
  const env = await lambdaWith({ TOKEN: "prod/token", OTHER: "prod/none" });
  const { status, stderr, started } = await runWith(env, [process.execPath]);
  expect([status, started]).toEqual([1, []]);
  expect(stderr).toMatch(
    /ERROR OTHER \(from "prod\/none"\).*\[SecretNotFound.*\n.*FATAL The function was not started: 1 fault/,
  );
});

it("says why the runtime cannot be executed", async () => {
  const failing = () => {
    throw Object.assign(new Error(CANARY), { code: "ENOEXEC" });
  };
  const { status, stderr } = await runWith(await lambdaWith({ TOKEN: "prod/token" }), [process.execPath], failing);
  expect(status).toBe(1);
  expect(stderr).toMatch(/cannot be executed \(ENOEXEC\).*\[ExecFailed\]/);
  expectNoCanary(stderr);
});

it.each([
  ["--version", /^secrets-wrapper \d+\.\d+\.\d+\n$/],
  ["--help", /^Usage: wrapper PROGRAM .*--check .*SECRETS_TIMEOUT/s],
])("prints for %s what was asked for, without a setting and without a start", async (option, text) => {
  const { status, stdout, stderr, started } = await runWith({}, [option]);
  expect([status, stderr, started]).toEqual([0, "", []]);
  expect(stdout).toMatch(text);
});

it.each([["--chek"], ["-h"], ["--check", "--now"], ["--check", "node"]])("refuses the option %s", async (...args) => {
  const { status, stderr, started } = await runWith(await lambdaWith({}), args.filter(Boolean));
  expect([status, started]).toEqual([1, []]);
  expect(stderr).toMatch(new RegExp(`ERROR ${args[0]}: .*option.* --check, --version or --help.* \\[UnknownOption\\]`));
});

it("says what it started with, unless warnings alone are wanted", async () => {
  const env = { ...(await lambdaWith({ TOKEN: "prod/token" })), SECRETS_LOG_LEVEL: "" };
  const { stderr } = await runWith(env, [process.execPath]);
  expect(stderr).toMatch(/^\[secrets-wrapper\] INFO 1 variable from 1 secret in \d+ ms\.\n$/);
});

it("says with DEBUG which version of each secret it started with", async () => {
  const env = { ...(await lambdaWith({ TOKEN: "prod/token" })), SECRETS_LOG_LEVEL: "DEBUG" };
  const { stderr } = await runWith(env, [process.execPath]);
  expect(stderr).toMatch(/DEBUG TOKEN \(from "prod\/token"\): version [\w-]+, created \d{4}-/);
  expectNoCanary(stderr);
});

it("checks without starting anything", async () => {
  const { status, stdout, started } = await runWith(await lambdaWith({ TOKEN: "prod/token" }), ["--check"]);
  expect([status, started]).toEqual([0, []]);
  expect(stdout).toMatch(/TOKEN .*prod\/token.*found\n$/);
  expectNoCanary(stdout);
});
