import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Certificate, makeCertificate } from "../support/certificate.ts";
import { describeWith } from "../support/needs.ts";
import { type ForwardProxy, startProxy } from "../support/proxy.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, serve, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

const HOST = "secretsmanager.eu-west-1.amazonaws.com";

describeWith("openssl", "through a proxy", () => {
  const folder = mkdtempSync(join(tmpdir(), "proxy-"));
  let certificate: Certificate;
  let store: Store;
  let proxy: ForwardProxy;
  beforeAll(async () => {
    certificate = makeCertificate(folder, { hosts: [HOST, "localhost"] });
    store = await startStore({ "prod/db": "value" }, { tls: certificate });
  });
  beforeEach(async () => {
    proxy = await startProxy(store.url);
  });
  afterEach(() => proxy.close());
  afterAll(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });

  /** Without an endpoint of its own: the service's host exists for the proxy alone. */
  function envWith(changes: Record<string, string>): Record<string, string> {
    const { AWS_ENDPOINT_URL_SECRETS_MANAGER, AWS_ENDPOINT_URL_SSM, ...env } = lambdaEnv("", { DB: "prod/db" });
    return { ...env, AWS_CA_BUNDLE: certificate.caFile, ...changes };
  }

  describe.each(WRAPPERS)("on %s", (_, wrapper) => {
    const printDb = (env: Record<string, string>) => run(wrapper, ["printenv", "DB"], env);
    const STARTED = { stderr: "", status: 0, stdout: Buffer.from("value\n") };
    const CONNECT = { what: `CONNECT ${HOST}:443` };

    it("fetches over TLS with the service itself, as the user in the URL", async () => {
      const ended = await printDb(envWith({ HTTPS_PROXY: `http://user:p%40ss@${proxy.address}` }));
      expect(ended).toMatchObject(STARTED);
      const authorization = `Basic ${Buffer.from("user:p@ss").toString("base64")}`;
      expect(proxy.asked).toEqual([{ ...CONNECT, authorization }]);
    });

    it("takes the variable in lower case, with no more than host and port", async () => {
      expect(await printDb(envWith({ https_proxy: proxy.address }))).toMatchObject(STARTED);
      expect(proxy.asked).toEqual([CONNECT]);
    });

    it("believes only the service's own certificate", async () => {
      const ended = await printDb(envWith({ HTTPS_PROXY: proxy.address, AWS_CA_BUNDLE: "" }));
      expect(ended.status).toBe(1);
      expect(ended.stderr).toMatch(/unknown CA.*\[UntrustedServer: .*through the proxy 127\.0\.0\.1:/);
    });

    it("speaks TLS to a proxy of https", async () => {
      const secure = await startProxy(store.url, { tls: certificate });
      const ended = await printDb(envWith({ HTTPS_PROXY: `https://user:x@${secure.address}` }));
      secure.close();
      expect(ended).toMatchObject(STARTED);
      expect(secure.asked).toMatchObject([CONNECT]);
    });

    it("tries again where the proxy fails once", async () => {
      const failing = await startProxy(store.url, { answers: [502, 200] });
      const ended = await printDb(envWith({ HTTPS_PROXY: failing.address }));
      failing.close();
      expect(ended).toMatchObject(STARTED);
      expect(failing.asked).toEqual([CONNECT, CONNECT]);
    });

    it("goes to this machine directly", async () => {
      const env = { HTTPS_PROXY: proxy.address, AWS_ENDPOINT_URL_SECRETS_MANAGER: store.url };
      expect(await printDb(envWith(env))).toMatchObject(STARTED);
      expect(proxy.asked).toEqual([]);
    });

    describe("to a service of plain HTTP", () => {
      let plain: Store;
      let behind: ForwardProxy;
      beforeEach(async () => {
        plain = await startStore({ "prod/db": "value" });
        behind = await startProxy(plain.url);
      });
      afterEach(() => {
        behind.close();
        plain.close();
      });

      it("asks the proxy itself", async () => {
        const env = { HTTP_PROXY: behind.address, AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://service.test:81" };
        expect(await printDb(envWith(env))).toMatchObject(STARTED);
        expect(behind.asked).toEqual([{ what: "POST http://service.test:81/" }]);
      });

      // An address of this machine which is none of loopback.
      it.each([
        ["uses it", {}, 1],
        ["goes directly to what NO_PROXY lists", { NO_PROXY: "0.0.0.0/8" }, 0],
        ["goes directly in a CGI program", { REQUEST_METHOD: "GET" }, 0],
      ])("%s", async (_, changes, asked) => {
        const endpoint = plain.url.replace("127.0.0.1", "0.0.0.0");
        const env = { HTTP_PROXY: behind.address, AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint, ...changes };
        expect(await printDb(envWith(env))).toMatchObject(STARTED);
        expect(behind.asked.length).toBe(asked);
      });
    });

    it("never asks it for the credentials, nor for the Runtime API", async () => {
      const asked: string[] = [];
      const keys = { AccessKeyId: "ASIAIOSFODNN7EXAMPLE", SecretAccessKey: "x", Token: "y" };
      const host = await serve(({ url = "" }, response) => {
        asked.push(url);
        response.end(JSON.stringify(keys));
      });
      // An address that is not exempt as loopback is.
      const address = host.url.replace("http://127.0.0.1", "0.0.0.0");
      const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...env } = envWith({
        HTTPS_PROXY: proxy.address,
        HTTP_PROXY: proxy.address,
        AWS_LAMBDA_RUNTIME_API: address,
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://${address}/credentials`,
        SECRETS: '{"DB": "prod/none"}',
      });
      const { stderr } = await printDb(env);
      host.close();
      expect(stderr).toContain("[SecretNotFound");
      expect(asked).toEqual(["/credentials", "/2018-06-01/runtime/init/error"]);
      expect(proxy.asked).toEqual([CONNECT]);
    });
  });
});
