import { createServer as createTcpServer, type Server } from "node:net";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";
import { lambdaEnv, run } from "../../support/run.ts";
import { type Store, serve, startStore } from "../../support/store.ts";
import { LIVE_LAYERS } from "../../support/trees.ts";

// The live layer's wrapper where there is no cache that it could ask, or another program on its port.

describe.each(LIVE_LAYERS)("the live layer's wrapper on %s", (_, layer) => {
  let store: Store;
  beforeEach(async () => {
    store = await startStore({ x: "value" });
  });
  afterEach(() => store.close());

  async function start(port: number) {
    const env = { ...lambdaEnv(store.url, { A: "x" }), SECRETS_PORT: String(port) };
    const { status, stdout, stderr, ms } = await run(join(layer, "wrapper"), ["printenv", "A"], env);
    expect({ status, stdout: stdout.toString(), stderr }).toEqual({ status: 0, stdout: "value\n", stderr: "" });
    expect(store.asked).toEqual(["x"]);
    return ms;
  }

  it("fetches by itself where nothing listens", async () => {
    await start(await freePort());
  });

  it("fetches by itself where nothing answers", async () => {
    const silent: Server = createTcpServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as { port: number };
    await start(port);
    silent.close();
  });

  it.each([
    ["says that it is not ready, as AWS's extension does", 400, "not ready to serve traffic, please wait"],
    ["knows another token", 403, "{}"],
    ["gives something else", 200, '{"status":"ok"}'],
    ["gives no outcome of this request", 200, "[]"],
    ["gives what is not JSON", 200, "<html>"],
  ])("fetches by itself where the one on its port %s", async (_, status, body) => {
    const other = await serve((_, response) => response.writeHead(status).end(body));
    await start(Number(new URL(other.url).port));
    other.close();
  });
});
