// The README's own examples, against moto, and where it cannot have the ARN against the small store.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addedTo, PRINT_ENVIRON } from "../support/environ.ts";
import { type Identity, makeAuthority } from "../support/identity.ts";
import { type Moto, startMoto } from "../support/moto.ts";
import { describeWith } from "../support/needs.ts";
import { blockOf, examplesOfSecrets, README, sectionOf, textIn } from "../support/readme.ts";
import { APP, DB, DER, PEM, storeParameters, storeSecrets } from "../support/readme-stores.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

/** What the table says that variables hold, in its own words. */
const HELD: Record<string, Record<string, string>> = {
  "the whole secret": { TOKEN: "new token" },
  "the same; [the live cache](docs/live-cache.md) asks for it again after 60 seconds": { TOKEN: "new token" },
  "one key of a JSON secret": { DB_PASSWORD: DB.password },
  "a secret of another account or Region, by its ARN": { TOKEN: "token of another account" },
  "a key of a secret that a service manages, here RDS": { DB_PASSWORD: "managed" },
  "the version with this stage": { OLD: "old password" },
  "the version with this id": { OLD: "old token" },
  "nothing, if the secret, version or key does not exist": {},
  "the default, if it does not exist": { MODE: "live" },
  "a key with a colon in its name": { KEY: "of a:b" },
  "the path of a file that holds the value: `/tmp/secrets-wrapper/tls/key.pem`": {
    TLS_KEY: "/tmp/secrets-wrapper/tls/key.pem",
  },
  "the same, elsewhere under `/tmp`; `0600` unless set, and at most `0640`": { CERT: "/tmp/cert.der" },
  "base64 of a string": { KEY: "dGV4dA==" },
  "a binary secret as a UTF-8 string; without `encoding` it is base64": { KEY: "bytes of text" },
  "the path of a directory with [an identity from SPIRE](#identities-from-spire): `/tmp/secrets-wrapper/svid`": {
    SVID: "/tmp/secrets-wrapper/svid",
  },
  "every key of the JSON secret, a variable each": APP,
  "the same, with a prefix: `DB_user`, `DB_password`": {
    DB_host: DB.host,
    DB_user: DB.user,
    DB_password: DB.password,
  },
  "the same, in upper case: `DB_USER`, `DB_PASSWORD`": { DB_HOST: DB.host, DB_USER: DB.user, DB_PASSWORD: DB.password },
  "a parameter of Parameter Store, decrypted; an ARN needs no `ssm:`": { LOG_LEVEL: "level 4" },
  "its version 3; a label works the same": { LOG_LEVEL: "level 3" },
  "one key of a JSON parameter; `optional` and `default` as above": { PORT: "5432" },
  "every parameter under the path: `/prod/app/log-level` is `APP_LOG_LEVEL`": { APP_LOG_LEVEL: "debug" },
  "the same at every level: `/prod/app/db/host` is `APP_DB_HOST`": {
    APP_LOG_LEVEL: "debug",
    APP_DB_HOST: "db.example",
  },
};

const FILES = ["/tmp/secrets-wrapper/tls", "/tmp/secrets-wrapper/svid", "/tmp/cert.der"];

describeWith("python3", "the README", () => {
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
        [textIn(sectionOf("## SECRETS"), /"(arn:[^"]*)"/)]: "token of another account",
        [textIn(README, /"valueFrom": "(arn:[^"]*):password::"/)]: JSON.stringify(DB),
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

    it("has a row for everything that is tried here", () => {
      expect(examplesOfSecrets().map(([, holds]) => holds)).toEqual(Object.keys(HELD));
    });

    describe.each(WRAPPERS)("on %s", (_, wrapper) => {
      async function variablesOf(secrets: string, changes: object = {}) {
        const env = { ...lambdaEnv(moto.url, secrets), ...changes };
        const ended = await run(wrapper, PRINT_ENVIRON, env);
        expect(ended).toMatchObject({ status: 0, stderr: "" });
        return addedTo(env, ended.stdout);
      }

      it.each(examplesOfSecrets())("%s holds %s", async (entry, holds) => {
        const elsewhere = entry.includes("arn:") ? { AWS_ENDPOINT_URL_SECRETS_MANAGER: store.url } : {};
        expect(await variablesOf(`{${entry}}`, elsewhere)).toEqual(HELD[holds]);
      });

      it("has files with the secret's content, for whom it says", async () => {
        const entries = examplesOfSecrets().filter(([entry]) => entry.includes('"file"'));
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
        const [entry = ""] = examplesOfSecrets().find(([, holds]) => holds.includes("a label")) ?? [];
        expect(await variablesOf(`{${entry.replace(":3", ":live")}}`)).toEqual({ LOG_LEVEL: "level 2" });
      });

      it("has a list of secrets that name their variables", async () => {
        const list = textIn(sectionOf("## SECRETS"), /JSON list, [^`]*`(\[[^`]*\])`/);
        expect(await variablesOf(list)).toEqual({ ...APP, API_TOKEN: "api token" });
      });

      it("has the list of an ECS task definition", async () => {
        const list = textIn(README, /^```json\n(\[\n.*?"valueFrom".*?^\])\n/ms);
        const elsewhere = { AWS_ENDPOINT_URL_SECRETS_MANAGER: store.url };
        const expected = { DB_PASSWORD: DB.password, LOG_LEVEL: "level 4" };
        expect(await variablesOf(list, elsewhere)).toEqual(expected);
      });

      it("begins with a SECRETS of two secrets, which may be a file as well", async () => {
        const secrets = textIn(README, /^SECRETS += (\{.*\})$/m);
        const expected = { DB_PASSWORD: DB.password, API_TOKEN: "api token" };
        expect(await variablesOf(secrets)).toEqual(expected);
        writeFileSync(join(home, "secrets.json"), secrets);
        const file = { SECRETS_FILE: "secrets.json", LAMBDA_TASK_ROOT: home };
        expect(await variablesOf("{}", file)).toEqual(expected);
      });

      it("has lines of Python that take the identity", async () => {
        const [entry = ""] = examplesOfSecrets().find(([entry]) => entry.includes('"x509-svid"')) ?? [];
        const python = blockOf("### Identities from SPIRE", "python");
        const program = `import os, ssl\n${python}\nprint(tls.get_ca_certs()[0]["subject"])`;
        const ended = await run(wrapper, ["python3", "-c", program], lambdaEnv(moto.url, `{${entry}}`));
        expect(ended).toMatchObject({ status: 0, stderr: "" });
        expect(String(ended.stdout)).toContain("SPIRE");
      });

      it("shows what a check prints", async () => {
        const secrets = textIn(README, /^SECRETS='(.*)' npm run --silent check$/m);
        const shown = textIn(README, /^```\n(VARIABLE .*?)^```/ms);
        const { status, stdout } = await run(wrapper, ["--check"], lambdaEnv(moto.url, secrets));
        expect(status).toBe(0);
        expect(withoutVersion(String(stdout))).toBe(withoutVersion(shown));
      });

      it("has a line of Python that checks in a function", async () => {
        const line = textIn(README, /^```python\n(subprocess.*--check.*)\n```$/m).replace("/opt/wrapper", wrapper);
        const env = lambdaEnv(moto.url, { DB_PASSWORD: "prod/db:password" });
        const ended = await run(wrapper, ["python3", "-c", `import subprocess\n${line}`], env);
        expect([ended.status, ended.stderr]).toEqual([0, ""]);
        expect(String(ended.stdout)).toMatch(/^VARIABLE .*\nDB_PASSWORD {2}prod\/db:password .* found\n$/);
      });

      it("shows what is logged where a key is not there", async () => {
        const ended = await run(wrapper, ["true"], lambdaEnv(moto.url, { DB_PASSWORD: "prod/db:pasword" }));
        expect(ended.stderr).toBe(blockOf("## When something is wrong"));
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

/** Version and time differ from run to run. */
function withoutVersion(table: string): string {
  return table.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID").replaceAll(/\d{4}-\d\d-\d\dT[\d:]{8}/g, "TIME");
}
