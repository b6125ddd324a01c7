// The credentials and the Region of AWS's tools on this machine, which `run` and `check` use.

import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CANARY } from "../support/canary.ts";
import { bundledTool, runTool, type Tool } from "../support/cli.ts";
import { type Store, serve, startStore } from "../support/store.ts";

let store: Store;
let tool: Tool;
beforeAll(async () => {
  [store, tool] = await Promise.all([startStore({ "prod/db": JSON.stringify({ user: CANARY }) }), bundledTool()]);
});
afterAll(() => {
  store.close();
  tool.remove();
});

const SECRETS = { USER_NAME: "prod/db:user" };
const TABLE = /^VARIABLE .* RESULT\nUSER_NAME +prod\/db:user .* found\n$/;

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
    return runTool(tool, ["check"], { env: envOf(variables) });
  }

  /** Of a machine with nothing but the files of AWS's tools. */
  function envOf(variables: Record<string, string>): Record<string, string> {
    return {
      PATH: process.env.PATH ?? "",
      HOME: home,
      USERPROFILE: home,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: store.url,
      AWS_EC2_METADATA_DISABLED: "true",
      SECRETS_LOG_LEVEL: "WARN",
      SECRETS: JSON.stringify(SECRETS),
      ...variables,
    };
  }

  it("and Region are those of the caller's profile", async () => {
    const ended = await check({ AWS_PROFILE: "keys" });
    expect([ended.status, ended.stderr, ended.stdout]).toEqual([0, "", expect.stringMatching(TABLE)]);
    expect(store.callers.at(-1)).toMatchObject({ accessKeyId: "A" });
  });

  it("and Region are not the command's: it has its profile, as it would have without secrets", async () => {
    const env = { ...envOf({ AWS_PROFILE: "keys" }), AWS_SECRET_ACCESS_KEY: "mine" };
    const print =
      "console.log(JSON.stringify(Object.entries(process.env).filter(([name]) => /^AWS_|USER_N/.test(name))))";
    const ended = await runTool(tool, ["run", "--", process.execPath, "-e", print], { env });
    const { AWS_REGION, AWS_ACCESS_KEY_ID, ...seen } = Object.fromEntries(JSON.parse(ended.stdout));
    expect([AWS_REGION, AWS_ACCESS_KEY_ID]).toEqual([undefined, undefined]);
    expect(seen).toEqual({
      AWS_PROFILE: "keys",
      AWS_SECRET_ACCESS_KEY: "mine",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: store.url,
      AWS_EC2_METADATA_DISABLED: "true",
      USER_NAME: CANARY,
    });
  });

  const SIGN_IN =
    "Set AWS_PROFILE to a profile in ~/.aws/config; if it uses single sign-on, sign in with: aws sso login";
  const SAYS = "there are no AWS credentials on this machine. The AWS SDK says: ";

  it.each([
    ["a profile that does not exist", "nope", /^Could not resolve credentials using profile: \[nope\] in [^\n]*\.$/],
    ["single sign-on that has expired", "sso", /^The SSO session associated with this profile has expired\. [^\n]*\.$/],
    ["a program that fails", "process", /^Command failed: [^\n]*\.$/],
  ])("are not there with %s: the SDK's sentence says why", async (_, profile, sentence) => {
    const ended = await check({ AWS_PROFILE: profile });
    expect([ended.status, ended.stdout]).toEqual([1, ""]);
    const [, why = ""] = ended.stderr.split(SAYS);
    expect(why.split(` ${SIGN_IN}`)[0]).toMatch(sentence);
    expect(why).toContain(`${SIGN_IN} [NoCredentials]\n`);
  });

  it("are not there without a profile: the SDK's sentence says so", async () => {
    const ended = await check({ AWS_REGION: "eu-west-1" });
    expect(ended).toMatchObject({ status: 1, stdout: "" });
    expect(ended.stderr).toBe(
      `[secrets-wrapper] ERROR AWS_ACCESS_KEY_ID: ${SAYS}Could not load credentials from any providers. ${SIGN_IN} [NoCredentials]
[secrets-wrapper] FATAL The function would not start: 1 fault, listed above.
`,
    );
  });

  it("and Region are both asked for, and neither where there are no secrets", async () => {
    const ended = await check({});
    expect(ended.stderr).toMatch(
      /ERROR USER_NAME .*: the Region is not known\. Set AWS_REGION or .*\[NoRegion\]\n.*NoCred/,
    );
    expect(await check({ SECRETS: "{}" })).toMatchObject({ status: 0, stderr: "" });
  });

  it("that have expired are refused: sign in again", async () => {
    const expired = { status: 400, type: "ExpiredTokenException", message: "The security token has expired" };
    const service = await startStore({ "prod/db": expired });
    const ended = await check({ AWS_PROFILE: "keys", AWS_ENDPOINT_URL_SECRETS_MANAGER: service.url });
    service.close();
    expect(ended.status).toBe(1);
    expect(ended.stderr).toContain(" have expired. Sign in again, for single sign-on with: aws sso login. [Expired");
  });

  it("are not there where a role does not trust the caller: what its trust policy needs is said", async () => {
    const message = "User: arn:aws:iam::111122223333:user/me is not authorized to perform: sts:AssumeRole";
    const sts = await serve((_, response) => {
      const error = `<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
      response.writeHead(403).end(`<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`);
    });
    const ended = await check({ AWS_PROFILE: "role", AWS_ENDPOINT_URL_STS: sts.url });
    sts.close();
    expect(ended.status).toBe(1);
    expect(ended.stderr).toContain(
      `${SAYS}${message}. The role's trust policy must allow you sts:AssumeRole; a function's role trusts only lambda.amazonaws.com by default. [NoCredentials]\n`,
    );
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
credential_process = node -e "process.exit(3)"
[profile role]
region = eu-west-1
role_arn = arn:aws:iam::111122223333:role/function
source_profile = keys
`;
