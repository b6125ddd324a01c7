// The examples of docs/secrets.md and docs/spire.md, against moto, and where it cannot have the ARN against the small store.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blockOf, examplesIn, README, readDocument, SECRETS_PAGE, textIn } from "../support/documents.ts";
import { addedTo, PRINT_ENVIRON } from "../support/environ.ts";
import { APP, DB, DER, PEM, storeParameters, storeSecrets } from "../support/example-stores.ts";
import { type Identity, makeAuthority } from "../support/identity.ts";
import { type Moto, startMoto } from "../support/moto.ts";
import { describeWith } from "../support/needs.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

/** What the tables say that variables hold, in their own words. */
const HELD: Record<string, Record<string, string>> = {
  "the whole secret": { TOKEN: "new token" },
  "one key of a JSON secret": { DB_PASSWORD: DB.password },
  "a key with a colon in its name": { KEY: "of a:b" },
  "a secret of another account or Region, by its ARN": { TOKEN: "token of another account" },
  "a key of a secret that a service manages, here RDS": { DB_PASSWORD: "managed" },
  "the version with this stage": { OLD: "old password" },
  "the version with this id": { OLD: "old token" },
  "a parameter of Parameter Store, decrypted; an ARN needs no `ssm:`": { LOG_LEVEL: "level 4" },
  "its version 3; a label works the same": { LOG_LEVEL: "level 3" },
  "one key of a JSON parameter; `optional` and `default` as for a secret": { PORT: "5432" },
  "every key of the JSON secret, a variable each": APP,
  "the same, with a prefix: `DB_user`, `DB_password`": {
    DB_host: DB.host,
    DB_user: DB.user,
    DB_password: DB.password,
  },
  "the same, in upper case: `DB_USER`, `DB_PASSWORD`": { DB_HOST: DB.host, DB_USER: DB.user, DB_PASSWORD: DB.password },
  "every parameter under the path: `/prod/app/log-level` is `APP_LOG_LEVEL`": { APP_LOG_LEVEL: "debug" },
  "the same at every level: `/prod/app/db/host` is `APP_DB_HOST`": {
    APP_LOG_LEVEL: "debug",
    APP_DB_HOST: "db.example",
  },
  "nothing, if the secret, version or key does not exist": {},
  "the default, if it does not exist": { MODE: "live" },
  "the path of a file that holds the value: `/tmp/secrets-wrapper/tls/key.pem`": {
    TLS_KEY: "/tmp/secrets-wrapper/tls/key.pem",
  },
  "the same, elsewhere under `/tmp`; `0600` unless set, and at most `0640`": { CERT: "/tmp/cert.der" },
  "the path of a directory with [an identity from SPIRE](spire.md): `/tmp/secrets-wrapper/svid`": {
    SVID: "/tmp/secrets-wrapper/svid",
  },
  "base64 of a string": { KEY: "dGV4dA==" },
  "a binary secret as a UTF-8 string; without `encoding` it is base64": { KEY: "bytes of text" },
  "the whole secret, which [the live cache](live-cache.md) fetches again after 60 seconds": { TOKEN: "new token" },
};

const EXAMPLES = examplesIn(SECRETS_PAGE);
const FILES = ["/tmp/secrets-wrapper/tls", "/tmp/secrets-wrapper/svid", "/tmp/cert.der"];

describeWith("python3", "docs/secrets.md", () => {
  describeWith("openssl", "and its examples", () => {
    const home = mkdtempSync(join(tmpdir(), "readme-"));
    let moto: Moto;
    let store: Store;
    let identity: Identity;
    beforeAll(async () => {
      moto = await startMoto();
      identity = makeAuthority(join(home, "authority")).issue({ path: "/dbuser" });
      await storeSecrets(moto.url, identity);
      await storeParameters(moto.url);
      store = await startStore({
        [textIn(SECRETS_PAGE, /"TOKEN": "(arn:[^"]*)"/)]: "token of another account",
        [textIn(SECRETS_PAGE, /"valueFrom": "(arn:[^"]*):password::"/)]: JSON.stringify(DB),
      });
    });
    afterAll(() => {
      moto.stop();
      store.close();
      rmSync(home, { recursive: true });
    });
    afterEach(() => {
      for (const file of FILES) rmSync(file, { recursive: true, force: true });
    });

    it("has a row for everything that is tried here, among them those of the README", () => {
      expect(EXAMPLES).toEqual(expect.arrayContaining(examplesIn(README)));
      expect(EXAMPLES.map(([, holds]) => holds)).toEqual(Object.keys(HELD));
    });

    describe.each(WRAPPERS)("on %s", (_, wrapper) => {
      async function variablesOf(secrets: string, changes: object = {}) {
        const env = { ...lambdaEnv(moto.url, secrets), ...changes };
        const ended = await run(wrapper, PRINT_ENVIRON, env);
        expect(ended).toMatchObject({ status: 0, stderr: "" });
        return addedTo(env, ended.stdout);
      }

      it.each(EXAMPLES)("%s holds %s", async (entry, holds) => {
        const elsewhere = entry.includes("arn:") ? { AWS_ENDPOINT_URL_SECRETS_MANAGER: store.url } : {};
        expect(await variablesOf(`{${entry}}`, elsewhere)).toEqual(HELD[holds]);
      });

      it("has files with the secret's content, for whom it says", async () => {
        const entries = EXAMPLES.filter(([entry]) => entry.includes('"file"'));
        await variablesOf(`{${entries.map(([entry]) => entry).join()}}`);
        expect(contentsOf(...FILES)).toEqual({
          "/tmp/secrets-wrapper/tls/key.pem": [0o600, Buffer.from(PEM)],
          "/tmp/cert.der": [0o640, DER],
          "/tmp/secrets-wrapper/svid/svid.pem": [0o600, Buffer.from(identity.chain)],
          "/tmp/secrets-wrapper/svid/key.pem": [0o600, Buffer.from(identity.key)],
          "/tmp/secrets-wrapper/svid/bundle.pem": [0o600, Buffer.from(identity.bundle)],
        });
      });

      it("has an entry whose version may as well be a label", async () => {
        const [entry = ""] = EXAMPLES.find(([, holds]) => holds.includes("a label")) ?? [];
        expect(await variablesOf(`{${entry.replace(":3", ":live")}}`)).toEqual({ LOG_LEVEL: "level 2" });
      });

      it("has a list of secrets that name their variables", async () => {
        const list = blockOf(SECRETS_PAGE, "## A list", "json");
        expect(await variablesOf(list)).toEqual({ ...APP, API_TOKEN: "api token" });
      });

      it("has the list of an ECS task definition", async () => {
        const list = blockOf(SECRETS_PAGE, "## The list of an ECS task definition", "json");
        const elsewhere = { AWS_ENDPOINT_URL_SECRETS_MANAGER: store.url };
        const expected = { DB_PASSWORD: DB.password, LOG_LEVEL: "level 4" };
        expect(await variablesOf(list, elsewhere)).toEqual(expected);
      });

      it("begins with a secret and a parameter", async () => {
        const expected = { DB_PASSWORD: DB.password, LOG_LEVEL: "level 4" };
        expect(await variablesOf(blockOf(SECRETS_PAGE, "# SECRETS", "json"))).toEqual(expected);
      });

      it("has, in docs/spire.md, lines of Python that take the identity", async () => {
        const [entry = ""] = EXAMPLES.find(([entry]) => entry.includes('"x509-svid"')) ?? [];
        const python = blockOf(readDocument("docs", "spire.md"), "## Use it", "python");
        const program = `import os, ssl\n${python}\nprint(tls.get_ca_certs()[0]["subject"])`;
        const ended = await run(wrapper, ["python3", "-c", program], lambdaEnv(moto.url, `{${entry}}`));
        expect(ended).toMatchObject({ status: 0, stderr: "" });
        expect(String(ended.stdout)).toContain("SPIRE");
      });
    });
  });
});

function contentsOf(...paths: string[]): Record<string, [mode: number, content: Buffer]> {
  const files = paths.flatMap((path) =>
    statSync(path).isFile() ? path : readdirSync(path).map((name) => join(path, name)),
  );
  return Object.fromEntries(files.map((file) => [file, [statSync(file).mode & 0o777, readFileSync(file)]]));
}
