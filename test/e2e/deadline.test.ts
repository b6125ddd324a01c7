import { runWithFault } from "../support/fault-run.ts";
import * as at from "../support/fault-servers.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { serve } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

const SECONDS = 2;
const DB = { DB: "prod/db" };
const MANY = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`V${index}`, `prod/v${index}`]));

const neverAnswering: at.Provoke = () => serve(at.silent);

/** Under SnapStart, with nobody to give credentials. */
const noCredentials: at.Provoke = async () => {
  const { url, close } = await neverAnswering();
  const env = { AWS_ACCESS_KEY_ID: "", AWS_CONTAINER_CREDENTIALS_FULL_URI: url, SECRETS_SNAPSTART: "allow" };
  return { url, env, close };
};

const HANGS: { what: string; provoke: at.Provoke; secrets: Record<string, string> }[] = [
  { what: "the connection", provoke: at.fullBacklog, secrets: DB },
  { what: "the TLS handshake", provoke: at.silentAtHandshake, secrets: DB },
  { what: "the answer", provoke: neverAnswering, secrets: DB },
  { what: "the answer's middle", provoke: at.answering(at.unfinished()), secrets: DB },
  { what: "an answer that comes byte by byte", provoke: at.answering(at.unfinished(50)), secrets: DB },
  { what: "the third try", provoke: at.answering(at.closing, at.closing, at.silent), secrets: DB },
  { what: "the endpoint for credentials", provoke: noCredentials, secrets: DB },
  { what: "each of 200 secrets", provoke: neverAnswering, secrets: MANY },
];

describe.each(WRAPPERS)("on %s, SECRETS_TIMEOUT is kept to", (_, wrapper) => {
  let startUpMs: number;
  beforeAll(async () => {
    const runs = [1, 2, 3].map(() => run(wrapper, ["true"], lambdaEnv("http://127.0.0.1", {})));
    startUpMs = Math.max(...(await Promise.all(runs)).map(({ ms }) => ms));
  });

  it.concurrent.each(HANGS)("where it hangs at $what", async (fault) => {
    const ended = await runWithFault(wrapper, { ...fault, seconds: SECONDS });
    expect(ended).toMatchObject({ status: 1, started: false });
    expect(ended.ms).toBeGreaterThanOrEqual(SECONDS * 1000);
    // Far more than a busy machine needs; what does not keep its time, or begins it anew, takes twice as long or hangs.
    expect(ended.ms).toBeLessThan(SECONDS * 1750 + startUpMs);
    expectWaiting(ended.stderr, Object.keys(fault.secrets));
  });
});

/** After one second: before the report, and with the names of what is waited for. */
function expectWaiting(stderr: string, subjects: string[]): void {
  const [first = ""] = stderr.split("\n");
  expect(first).toMatch(
    /^\[secrets-wrapper\] WARN Secrets Manager in eu-west-1 has (not responded|given no usable response) for one second/,
  );
  expect(first).toContain(`Waiting for ${subjects.slice(0, 20).join(", ")}`);
  if (subjects.length > 20) expect(first).toContain(`and ${subjects.length - 20} more.`);
}
