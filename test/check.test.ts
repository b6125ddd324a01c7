// npm run check: `wrapper --check` with the credentials of AWS's tools on this machine.

import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../layer/paths.ts";
import { type Checkout, copyOfCheckout, pathOf } from "./support/checkout.ts";
import { lambdaEnv, run } from "./support/run.ts";
import { type Store, startStore } from "./support/store.ts";

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
  afterAll(() => rmSync(home, { recursive: true }));

  function check(profile: string, config: string) {
    writeFileSync(join(home, "config"), config);
    const env = {
      PATH: process.env.PATH ?? "",
      HOME: home,
      AWS_PROFILE: profile,
      AWS_CONFIG_FILE: join(home, "config"),
      AWS_SHARED_CREDENTIALS_FILE: join(home, "none"),
      AWS_ENDPOINT_URL_SECRETS_MANAGER: store.url,
      SECRETS: JSON.stringify(SECRETS),
    };
    return run(process.execPath, ["--import", "tsx", join(ROOT, "check", "check.ts")], env);
  }

  it("and Region are those of the caller's profile", async () => {
    const profile = "[profile p]\nregion = eu-west-1\naws_access_key_id = A\naws_secret_access_key = S\n";
    const ended = await check("p", profile);
    expect([ended.status, ended.stderr, String(ended.stdout)]).toEqual([0, "", expect.stringMatching(TABLE)]);
    expect(store.callers.at(-1)).toMatchObject({ accessKeyId: "A" });
  });
});
