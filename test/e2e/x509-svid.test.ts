import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { functionEnv } from "../support/function-env.ts";
import { type Authority, type Identity, makeAuthority, toJson, toResponse } from "../support/identity.ts";
import { startFunction } from "../support/lambda-host.ts";
import { describeWith } from "../support/needs.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, type Stored, startStore } from "../support/store.ts";
import { pythonTools, RUNTIMES } from "../support/tools.ts";
import { WRAPPERS } from "../support/trees.ts";

const FORMAT = { format: "x509-svid" };

describeWith("openssl", "an identity", () => {
  const home = mkdtempSync("/tmp/svid-");
  let authority: Authority;
  let identity: Identity;
  let foreign: string;
  let store: Store;
  const stored: Record<string, Stored> = {};
  beforeAll(async () => {
    authority = makeAuthority(join(home, "own"));
    identity = authority.issue();
    foreign = makeAuthority(join(home, "foreign"), "foreign.test").bundle;
    stored.json = Buffer.from(toJson(identity, { "foreign.test": foreign }));
    stored.text = toJson(identity);
    stored.protobuf = toResponse([identity, authority.issue({ path: "/second" })], { "foreign.test": foreign });
    stored.rsa = toResponse([authority.issue({ keyType: "RSA 2048" })]);
    stored.ed25519 = toResponse([authority.issue({ keyType: "Ed25519" })]);
    stored.p384 = toResponse([authority.issue({ keyType: "P-384" })]);
    stored.expired = toResponse([authority.issue({ to: "20200201" })]);
    stored.future = toJson(authority.issue({ from: "20481231" }));
    stored.mismatch = toJson({ ...identity, key: authority.issue().key });
    stored.broken = toJson({ ...identity, chain: identity.chain.slice(0, 500) });
    stored.deep = '{"spiffeID":'.repeat(5000);
    stored.nested = Uint8Array.of(0x0a, 0xff, 0x7f, ...new Uint8Array(16_383).fill(0x0a));
    stored.constructed = toJson({ ...identity, bundle: asPem(Buffer.alloc(45_000, Uint8Array.of(0x30, 0x80))) });
    store = await startStore(stored);
  });
  afterAll(() => {
    store.close();
    rmSync(home, { recursive: true });
  });

  describe.each(WRAPPERS)("on %s", (name, wrapper) => {
    const folder = join(home, name);
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    async function start(references: unknown) {
      // Sixty identities take a busy machine longer than the default.
      const env = { ...lambdaEnv(store.url, references), SECRETS_TIMEOUT: "60" };
      const ended = await run(wrapper, ["printenv", "SVID"], env);
      return { ...ended, value: String(ended.stdout).trimEnd() };
    }

    /** One that must fail, start nothing, and write nothing. */
    async function reportOf(references: unknown): Promise<string> {
      const ended = await start(references);
      expect(ended).toMatchObject({ status: 1, value: "" });
      expect(ended.stderr).not.toMatch(/BEGIN|MI[A-Z]/);
      expect(existsSync(folder)).toBe(false);
      return ended.stderr;
    }

    it.each(["json", "protobuf"])("makes a folder of files out of %s, for the function alone", async (secret) => {
      expect(await start({ SVID: { secret, file: folder, ...FORMAT } })).toMatchObject({ value: folder, stderr: "" });
      expect(contentsOf(folder)).toEqual({
        "svid.pem": [0o600, identity.chain],
        "key.pem": [0o600, identity.key],
        "bundle.pem": [0o600, identity.bundle],
        "federated/foreign.test.pem": [0o600, foreign],
      });
      expect(statSync(folder).mode & 0o777).toBe(0o700);
    });

    it("leaves nothing of an earlier one: no trust domain that is no longer federated, no second folder", async () => {
      const entry = (secret: string) => ({ SVID: { secret, file: join(folder, "svid"), mode: "0640", ...FORMAT } });
      await start(entry("json"));
      const { value } = await start(entry("text"));
      expect(Object.keys(contentsOf(value)).sort()).toEqual(["bundle.pem", "key.pem", "svid.pem"]);
      const hidden = readdirSync(folder).filter((name) => name !== "svid");
      expect(hidden).toEqual([readlinkSync(value)]);
      expect(statSync(value).mode & 0o777).toBe(0o750);
    });

    it("is removed where it is optional and gone, and stays where it is another's", async () => {
      const file = join(folder, "svid");
      const entry = (secret: string) => ({ SVID: { secret, file, optional: true, ...FORMAT } });
      await start(entry("json"));
      expect((await start(entry("none"))).stderr).toBe("");
      expect(readdirSync(folder)).toEqual([]);
      mkdirSync(file);
      await start(entry("none"));
      expect((await start(entry("json"))).stderr).toMatch(/svid cannot be written: there is a directory at its path/);
    });

    it("takes the same secret as a text, beside other entries, with another mode", async () => {
      const other = { secret: "text", file: join(folder, "raw") };
      await start({ SVID: { secret: "text", file: join(folder, "svid"), mode: "0440", ...FORMAT }, RAW: other });
      expect(contentsOf(join(folder, "svid"))["key.pem"]).toEqual([0o440, identity.key]);
      expect(readFileSync(other.file, "utf8")).toBe(stored.text);
    });

    it.each(["rsa", "p384", "ed25519"])("takes a key of the kind %s", async (secret) => {
      expect(await start({ SVID: { secret, file: folder, ...FORMAT } })).toMatchObject({ value: folder, stderr: "" });
    });

    it.each([
      ["expired", /SVID \(from "expired"\): its certificate expired at 2020-02-01T00:00:00Z.*\[SvidExpired\]/],
      ["future", /not valid before 2048-12-31T00:00:00Z, and.*\[SvidNotYetValid\]/],
      ["mismatch", /its private key does not match its certificate.*\[SvidKeyMismatch\]/],
      ["broken", /its certificate chain cannot be read.*\[InvalidSvid\]/],
      ["deep", /its JSON cannot be read.*\[InvalidSvid\]/],
      ["nested", /\[InvalidSvid\]/],
      ["constructed", /its bundle cannot be read.*\[InvalidSvid\]/],
      ["none", /the secret does not exist.*\[SecretNotFound/],
    ])("does not start with one that is %s", async (secret, message) => {
      expect(await reportOf({ SVID: { secret, file: folder, ...FORMAT } })).toMatch(message);
    });

    it("reports all that is wrong at once, and writes no file then", async () => {
      const entry = (secret: string, file: string) => ({ secret, file: join(folder, file), ...FORMAT });
      const report = await reportOf({
        SVID: entry("json", "a"),
        C: entry("expired", "c"),
        D: "none",
      });
      expect(report).toMatch(/C .*\[SvidExpired\]/);
      expect(report).toMatch(/D .*\[SecretNotFound/);
      expect(report).toContain("2 faults");
    });

    it("is not brought down by bytes that are changed anywhere", async () => {
      const whole = toResponse([identity], { "foreign.test": foreign });
      const places = Array.from({ length: 60 }, (_, index) => Math.floor((index * whole.length) / 60));
      for (const at of places) stored[`changed/${at}`] = whole.with(at, (whole[at] ?? 0) ^ 0x55);
      const entries = places.map((at) => [
        `AT_${at}`,
        { secret: `changed/${at}`, file: join(folder, `${at}`), ...FORMAT },
      ]);
      const report = await reportOf(Object.fromEntries(entries));
      const codes = [...report.matchAll(/ERROR .*\[(\w+)\]$/gm)].map(([, code]) => code);
      expect(codes).toContain("InvalidSvid");
      for (const code of codes) expect(code).toMatch(/^(InvalidSvid|Svid\w+)$/);
    });

    it("is checked without a start, which writes nothing", async () => {
      const references = {
        SVID: { secret: "text", file: folder, ...FORMAT },
        OLD: { secret: "expired", file: "x", ...FORMAT },
      };
      const { stdout } = await run(wrapper, ["--check"], lambdaEnv(store.url, references));
      const { chain, key, bundle } = identity;
      expect(String(stdout)).toMatch(new RegExp(`^SVID .* ${(chain + key + bundle).length} +found$`, "m"));
      expect(String(stdout)).toMatch(/^OLD .* SvidExpired$/m);
      expect(existsSync(folder)).toBe(false);
    });

    it("may be missing where it is optional", async () => {
      const { status, stderr } = await start({ SVID: { secret: "none", file: folder, optional: true, ...FORMAT } });
      // printenv's own, of a variable that is not there.
      expect({ status, stderr, made: existsSync(folder) }).toEqual({ status: 1, stderr: "", made: false });
    });

    describeWith("python3", "a Python function", () => {
      it.each(["json", "protobuf", "rsa"])("agrees on TLS with both sides' certificates, with %s", async (secret) => {
        const server = await startServer(authority.issue({ path: "/server" }));
        const lambda = await startFunction({
          command: [join(pythonTools(), "python3"), "-m", "awslambdaric", "mutual_tls.handler"],
          taskRoot: PYTHON,
          env: {
            ...functionEnv(PYTHON),
            ...lambdaEnv(store.url, { SVID: { secret, file: folder, ...FORMAT } }),
            PYTHONPATH: PYTHON,
            AWS_LAMBDA_EXEC_WRAPPER: wrapper,
          },
        });
        const { payload } = await lambda.invoke({ port: server.port });
        await lambda.stop();
        server.close();
        expect(JSON.parse(payload)).toEqual({
          peer: [["URI", "spiffe://example.org/server"]],
          answer: "URI:spiffe://example.org/db",
        });
      });
    });
  });
});

/** Answers with whom the client's certificate is for; without one that it can verify, not at all. */
async function startServer({ chain, key, bundle }: Identity) {
  const server = createServer({ cert: chain, key, ca: bundle, requestCert: true }, ({ socket }, response) => {
    response.end((socket as TLSSocket).getPeerCertificate().subjectaltname);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

function contentsOf(folder: string): Record<string, [mode: number, text: string]> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [name, [statSync(join(folder, name)).mode & 0o777, readFileSync(join(folder, name), "utf8")]]),
  );
}

function asPem(der: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`;
}

const PYTHON = join(RUNTIMES, "python");
