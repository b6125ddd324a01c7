import { setTimeout as sleep } from "node:timers/promises";
import { type Live, startLive } from "../../support/live.ts";
import { denied, type Store, serve, startStore } from "../../support/store.ts";
import { LIVE_LAYERS } from "../../support/trees.ts";

const SECRETS = {
  TOKEN: "prod/token",
  "DB_*": "prod/db",
  LEVEL: "ssm:/prod/level",
  "APP_*": { secret: "prod/none", optional: true },
  FALLBACK: { secret: "prod/none", default: "none" },
};
const STORED = {
  "prod/token": ' p"w\n\u{1f511}$(x)\r\n',
  "prod/db": '{"user":"ann","password":"é"}',
  "/prod/level": "debug",
  "/prod/other": "other",
  "prod/more": Buffer.from([0, 255, 1]),
};

describe.each(LIVE_LAYERS)("the live cache on %s", (_, layer) => {
  let store: Store;
  let live: Live;
  let stored: Parameters<typeof startStore>[0];
  beforeEach(async () => {
    stored = { ...STORED };
    store = await startStore(stored);
    live = await startLive(layer, store.url, SECRETS);
  });
  afterEach(async () => {
    await live.stop();
    store.close();
  });

  it("gives every variable as the environment would have it, exactly", async () => {
    const all = { TOKEN: STORED["prod/token"], DB_user: "ann", DB_password: "é", LEVEL: "debug", FALLBACK: "none" };
    for (const [name, value] of Object.entries(all))
      expect(await live.get(`/secrets/${name}`)).toMatchObject({ status: 200, body: value });
    expect(JSON.parse((await live.get("/secrets")).body)).toEqual(all);
    expect(store.asked.sort()).toEqual(["/prod/level", "prod/db", "prod/none", "prod/token"]);
  });

  it("says which names there are where there is none of this name", async () => {
    const { status, body } = await live.get("/secrets/APP_x");
    expect([status, JSON.parse(body)]).toEqual([
      404,
      {
        code: "NoSuchSecret",
        message: expect.stringContaining("There is DB_password, DB_user, FALLBACK, LEVEL, TOKEN."),
      },
    ]);
  });

  it("sends a value once to who has its version", async () => {
    const { headers } = await live.get("/secrets/TOKEN");
    const etag = String(headers.etag);
    expect(etag).toMatch(/^"[\w-]{36}"$/);
    expect(headers.age).toBe("0");
    for (const known of [etag, `W/${etag}`, `"a", ${etag}`, "*"])
      expect(await live.get("/secrets/TOKEN", { headers: { "if-none-match": known } })).toMatchObject({
        status: 304,
        body: "",
      });
    expect(await live.get("/secrets/TOKEN", { headers: { "if-none-match": '"a"' } })).toMatchObject({ status: 200 });
  });

  it("answers on the paths of AWS's extension as that does", async () => {
    const secret = await live.get("/secretsmanager/get?secretId=prod%2Fdb");
    expect([secret.status, JSON.parse(secret.body)]).toEqual([
      200,
      {
        ARN: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf",
        Name: "prod/db",
        SecretString: STORED["prod/db"],
        VersionId: expect.any(String),
        VersionStages: ["AWSCURRENT"],
        CreatedDate: 1_790_000_000,
        ResultMetadata: {},
      },
    ]);
    const binary = JSON.parse((await live.get("/secretsmanager/get?secretId=prod/more")).body);
    expect(binary).toMatchObject({ Name: "prod/more", SecretBinary: "AP8B" });
    const parameter = await live.get("/systemsmanager/parameters/get?name=%2Fprod%2Fother&withDecryption=true");
    expect(JSON.parse(parameter.body)).toEqual({
      Parameter: { Name: "/prod/other", Value: "other", Version: 1, Type: "String" },
      ResultMetadata: {},
    });
  });

  it("keeps what is asked for by name, and fetches it anew only when told to", async () => {
    const ask = () => live.get("/secretsmanager/get?secretId=prod/more");
    await Promise.all([ask(), ask(), ask()]);
    await ask();
    expect(store.asked.filter((id) => id === "prod/more")).toHaveLength(1);
    await sleep(1100);
    await live.get("/secretsmanager/get?secretId=prod/more&refreshNow=true");
    expect(store.asked.filter((id) => id === "prod/more")).toHaveLength(2);
  });

  it.each([
    ["/secretsmanager/get?secretId=prod/absent", 400, "ResourceNotFoundException"],
    ["/secretsmanager/get?secretId=prod/denied", 400, "AccessDeniedException"],
    ["/secretsmanager/get?secretId=prod/none", 400, "ResourceNotFoundException"],
    ["/systemsmanager/parameters/get?name=/absent", 400, "ParameterNotFound"],
  ])("passes the service's own error on: %s", async (path, status, type) => {
    stored["prod/denied"] = denied("prod/denied");
    const answer = await live.get(path);
    expect([answer.status, JSON.parse(answer.body).__type]).toEqual([status, type]);
  });

  it("does not ask a thousand times for what is denied", async () => {
    stored["prod/denied"] = denied("prod/denied");
    const ask = () => live.get("/secretsmanager/get?secretId=prod/denied");
    for (let index = 0; index < 200; index++) expect((await ask()).status).toBe(400);
    expect(store.asked.filter((id) => id === "prod/denied").length).toBeLessThan(5);
  });

  it.each([
    ["/secretsmanager/get", {}, 400],
    ["/secretsmanager/get?secretId=a*", {}, 400],
    ["/systemsmanager/parameters/get?name=/a&version=1&label=b", {}, 400],
    ["/secrets/%ff", {}, 400],
    ["/secrets/LEVEL?versionStage=AWSPREVIOUS", {}, 400],
    ["/secrets/TOKEN", { "x-forwarded-for": "10.0.0.1" }, 400],
    ["/secrets/TOKEN", { "x-aws-parameters-secrets-token": "other" }, 403],
    ["/secrets/TOKEN", { host: "169.254.169.254" }, 403],
    ["/health", { "x-aws-parameters-secrets-token": "" }, 403],
    ["/outcomes", { "x-aws-parameters-secrets-token": "other" }, 403],
    ["/nothing", {}, 404],
  ])("refuses %s with %j", async (path, headers, status) => {
    const answer = await live.get(path, { headers });
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('p\\"w');
  });

  it("refuses other methods, and says which there are", async () => {
    expect(await live.get("/secrets", { method: "POST" })).toMatchObject({ status: 405, headers: { allow: "GET" } });
    expect(await live.get("/refresh")).toMatchObject({ status: 405, headers: { allow: "POST" } });
  });

  it("takes the session token of the credentials' endpoint where the environment has none, and the one before", async () => {
    let token = "first";
    const credentials = await serve((_, response) => {
      const Expiration = new Date(Date.now() + 60_000).toISOString();
      response.end(JSON.stringify({ AccessKeyId: "k", SecretAccessKey: "s", Token: token, Expiration }));
    });
    const other = await startLive(layer, store.url, SECRETS, {
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
      AWS_SESSION_TOKEN: "",
      AWS_CONTAINER_CREDENTIALS_FULL_URI: credentials.url,
    });
    const status = async (own: string) =>
      (await other.get("/secrets/LEVEL", { headers: { "x-aws-parameters-secrets-token": own } })).status;
    expect([await status("first"), await status("second"), await status("")]).toEqual([200, 403, 403]);
    token = "second";
    expect([await status("second"), await status("first"), await status("third")]).toEqual([200, 200, 403]);
    await other.stop();
    credentials.close();
  });
});
