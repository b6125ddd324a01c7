// npm run check: `wrapper --check` with the credentials of AWS's tools on this machine.

import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../layer/paths.ts";
import { type Checkout, copyOfCheckout, pathOf } from "./support/checkout.ts";
import { lambdaEnv, run } from "./support/run.ts";
import { type Store, serve, startStore } from "./support/store.ts";

let store: Store;
beforeAll(async () => {
  store = await startStore({ "prod/db": JSON.stringify({ user: "app" }) });
});
afterAll(() => store.close());

const SECRETS = { USER_NAME: "prod/db:user" };
const TABLE = /^VARIABLE .* RESULT\nUSER_NAME +prod\/db:user .* found\n$/;

describe("in a checkout with a built layer", () => {
  let checkout: Checkout;
  let dist: string;
  beforeAll(() => {
    checkout = copyOfCheckout();
    dist = join(checkout.root, "dist");
    mkdirSync(join(dist, "layer"), { recursive: true });
    for (const name of ["secrets-wrapper-x86_64.zip", "layer/wrapper"]) writeFileSync(join(dist, name), "of a build");
  });
  afterAll(() => checkout.remove());

  it("prints the table and nothing else, builds no engine and leaves everything as it was", async () => {
    const before = contentsOf(dist);
    const log = join(checkout.home, "rust");
    const rust = `echo "$0 $*" >> '${log}'`;
    const path = pathOf(checkout.home, { cargo: rust, rustup: rust });
    const PATH = `${path}:${process.env.PATH}`;
    const env = { ...lambdaEnv(store.url, SECRETS), ...checkout.env, PATH, npm_config_update_notifier: "false" };
    const npm = ["--prefix", checkout.root, "run", "--silent", "check"];
    const ended = await run("npm", npm, env);
    expect(contentsOf(dist)).toEqual(before);
    expect([ended.status, ended.stderr, String(ended.stdout)]).toEqual([0, "", expect.stringMatching(TABLE)]);
    expect(readdirSync(checkout.tmp).filter((name) => !name.startsWith("tsx-"))).toEqual([]);
    expect(readdirSync(checkout.home)).not.toContain("rust");
    expect(readdirSync(checkout.home)).not.toContain("lambda-secrets-wrapper");
  });

  it("needs nothing but Node, and no built layer", async () => {
    rmSync(dist, { recursive: true });
    const env = { ...lambdaEnv(store.url, SECRETS), ...checkout.env, PATH: pathOf(checkout.home) };
    const check = ["--import", "tsx", join(checkout.root, "check", "check.ts")];
    const ended = await run(process.execPath, check, env);
    expect([ended.status, ended.stderr, String(ended.stdout)]).toEqual([0, "", expect.stringMatching(TABLE)]);
    expect(readdirSync(checkout.root)).not.toContain("dist");
  });
});

/** Its folders and files, each with the time of its last change. */
function contentsOf(folder: string) {
  return ["", ...readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()].map((name) => {
    const path = join(folder, name);
    const stats = statSync(path);
    return [name, stats.mtimeMs, stats.isFile() && sha256(readFileSync(path))];
  });
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

describe("credentials", () => {
  const home = mkdtempSync(join(tmpdir(), "check-"));
  beforeAll(() => {
    mkdirSync(join(home, ".aws", "sso", "cache"), { recursive: true });
    writeFileSync(join(home, ".aws", "config"), CONFIG);
    const token = { accessToken: "token", expiresAt: "2020-01-01T00:00:00Z", region: "eu-west-1", startUrl: START_URL };
    const cached = `${createHash("sha1").update(START_URL).digest("hex")}.json`;
    writeFileSync(join(home, ".aws", "sso", "cache", cached), JSON.stringify(token));
  });
  afterAll(() => rmSync(home, { recursive: true }));

  function check(variables: Record<string, string>) {
    const env = {
      PATH: process.env.PATH ?? "",
      HOME: home,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: store.url,
      AWS_EC2_METADATA_DISABLED: "true",
      SECRETS_LOG_LEVEL: "WARN",
      SECRETS: JSON.stringify(SECRETS),
      ...variables,
    };
    return run(process.execPath, ["--import", "tsx", join(ROOT, "check", "check.ts")], env);
  }

  it("and Region are those of the caller's profile", async () => {
    const ended = await check({ AWS_PROFILE: "keys" });
    expect([ended.status, ended.stderr, String(ended.stdout)]).toEqual([0, "", expect.stringMatching(TABLE)]);
    expect(store.callers.at(-1)).toMatchObject({ accessKeyId: "A" });
  });

  const SIGN_IN =
    "Set AWS_PROFILE to a profile in ~/.aws/config; if it uses single sign-on, sign in with: aws sso login";

  it.each([
    ["a profile that does not exist", "nope", /^Could not resolve credentials using profile: \[nope\] in [^\n]*\.$/],
    ["single sign-on that has expired", "sso", /^The SSO session associated with this profile has expired\. [^\n]*\.$/],
    ["a program that fails", "process", /^Command failed: [^\n]* one two\.$/],
  ])("are not there with %s: the SDK's sentence says why", async (_, profile, sentence) => {
    const ended = await check({ AWS_PROFILE: profile });
    const [first = "", ...rest] = ended.stderr.trimEnd().split("\n");
    expect(first).toMatch(/^The AWS SDK has no credentials: /);
    expect(first.endsWith(` ${SIGN_IN}`)).toBe(true);
    expect(first.slice("The AWS SDK has no credentials: ".length, -SIGN_IN.length - 1)).toMatch(sentence);
    expect(rest).toContainEqual(expect.stringMatching(/ ERROR AWS_ACCESS_KEY_ID: there are no AWS credentials/));
    expect([ended.status, String(ended.stdout)]).toEqual([1, ""]);
  });

  it("are not there without a profile: the SDK's sentence says so", async () => {
    const ended = await check({ AWS_REGION: "eu-west-1" });
    expect([ended.status, ended.stderr.split("\n")[0]]).toEqual([
      1,
      `The AWS SDK has no credentials: Could not load credentials from any providers. ${SIGN_IN}`,
    ]);
  });

  it("are not there where a role does not trust the caller: what its trust policy needs is said", async () => {
    const message = "User: arn:aws:iam::111122223333:user/me is not authorized to perform: sts:AssumeRole";
    const sts = await serve((_, response) => {
      const error = `<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
      response.writeHead(403).end(`<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`);
    });
    const ended = await check({ AWS_PROFILE: "role", AWS_ENDPOINT_URL_STS: sts.url });
    sts.close();
    expect([ended.status, ended.stderr.split("\n")[0]]).toEqual([
      1,
      `The AWS SDK has no credentials: ${message}. The role's trust policy must allow you sts:AssumeRole; a function's role trusts only lambda.amazonaws.com by default.`,
    ]);
  });

  it("of the environment are not used in place of a profile's", async () => {
    const before = store.callers.length;
    const keys = { AWS_ACCESS_KEY_ID: "B", AWS_SECRET_ACCESS_KEY: "S", AWS_SESSION_TOKEN: "T" };
    const ended = await check({ AWS_PROFILE: "nope", AWS_REGION: "eu-west-1", ...keys });
    expect([ended.status, store.callers.length]).toEqual([1, before]);
  });
});

const START_URL = "https://example.awsapps.com/start";
const CONFIG = `
[profile keys]
region = eu-west-1
aws_access_key_id = A
aws_secret_access_key = S
[profile sso]
region = eu-west-1
sso_start_url = ${START_URL}
sso_region = eu-west-1
sso_account_id = 111122223333
sso_role_name = developer
[profile process]
region = eu-west-1
credential_process = sh -c "echo one >&2; echo two >&2; exit 3"
[profile role]
region = eu-west-1
role_arn = arn:aws:iam::111122223333:role/function
source_profile = keys
`;
