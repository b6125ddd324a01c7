import { randomBytes } from "node:crypto";
import { lambdaEnv } from "../test/support/run.ts";

/** So many secrets to be had from a store. */
export type Task = { count: number; secrets: Record<string, string>; url: string; caFile: string };

export function describeCount(count: number): string {
  return count === 1 ? "1 secret" : `${count} secrets`;
}

/** One task for each count, on the first of the same secrets. */
export function makeTasks(counts: number[], store: Omit<Task, "count">): Task[] {
  const secrets = Object.entries(store.secrets);
  return counts.map((count) => ({ ...store, count, secrets: Object.fromEntries(secrets.slice(0, count)) }));
}

export function makeSecrets(count: number): Record<string, string> {
  const names = Array.from({ length: count }, (_, index) => `SECRET_${index + 1}`);
  return Object.fromEntries(names.map((name) => [name, randomBytes(24).toString("base64url")]));
}

/** The task in variables for every candidate, each of which takes those it knows. */
export function toEnv({ secrets, url, caFile }: Task, program: string[]): Record<string, string> {
  const names = Object.keys(secrets);
  const env = lambdaEnv(url, Object.fromEntries(names.map((name) => [name, name])));
  return {
    ...env,
    // Lambda sets both; boto3 reads only this one.
    AWS_DEFAULT_REGION: env.AWS_REGION ?? "",
    AWS_CA_BUNDLE: caFile,
    NODE_EXTRA_CA_CERTS: caFile,
    SSL_CERT_FILE: caFile,
    SECRET_NAMES: names.join(" "),
    PROGRAM: program.join(" "),
  };
}
