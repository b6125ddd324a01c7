import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectNoCanary } from "./canary.ts";
import type { Case } from "./faults.ts";
import { type Ended, lambdaEnv, run } from "./run.ts";
import { startRuntimeApi } from "./runtime-api.ts";

export type FaultedRun = Ended & {
  /** Whether the program was started. */
  started: boolean;
  /** What Lambda was told, which is the caller's payload. */
  told: string;
};

/** Runs a wrapper to its end at an endpoint with this fault, as under Lambda. */
export async function runWithFault(
  wrapper: string,
  { provoke, secrets, seconds }: Pick<Case, "provoke" | "seconds"> & { secrets: unknown },
  changes: Record<string, string> = {},
): Promise<FaultedRun> {
  const [endpoint, api] = await Promise.all([provoke(), startRuntimeApi()]);
  const folder = mkdtempSync(join(tmpdir(), "fault-"));
  const mark = join(folder, "started");
  let told = "";
  api.onStep = (step) => {
    if (step.kind === "initError") told = step.body;
  };
  const limit: Record<string, string> = seconds === undefined ? {} : { SECRETS_TIMEOUT: String(seconds) };
  const env = { ...lambdaEnv(endpoint.url, secrets), ...endpoint.env, AWS_LAMBDA_RUNTIME_API: api.address, ...limit };
  const ended = await run(wrapper, ["touch", mark], { ...env, ...changes });
  const started = existsSync(mark);
  for (const { close } of [endpoint, api]) close();
  rmSync(folder, { recursive: true });
  return { ...ended, started, told };
}

/** Nothing of a secret or of the credentials is anywhere. */
export function expectNoLeak({ stdout, stderr, told }: Pick<FaultedRun, "stdout" | "stderr" | "told">): void {
  for (const text of [String(stdout), stderr, told]) {
    expectNoCanary(text);
    expect(text).not.toMatch(/wJalrXUtnFEMI|session-token/);
  }
}

/** What Lambda and the function's caller are told: variables and causes, and nothing else. */
export function expectTold(told: string, { says = "", hit }: Pick<Case, "says" | "hit">): void {
  const variables = hit.replaceAll(/ \(from [^)]*\)/g, "");
  expect(JSON.parse(told)).toEqual({
    errorType: "Runtime.SecretsUnavailable",
    errorMessage: `The function was not started. ${variables}: ${causeOf(says)}.`,
    stackTrace: [],
  });
}

export function causeOf(says: string): string {
  return says.slice(says.indexOf(": ") + 2);
}
