import { setTimeout as sleep } from "node:timers/promises";
import { type Live, startLive } from "../../support/live.ts";
import { denied, type Store, type Stored, startStore } from "../../support/store.ts";
import { LIVE_LAYERS } from "../../support/trees.ts";

jest.setTimeout(60_000);

describe.each(LIVE_LAYERS)("the live cache on %s", (_, layer) => {
  let store: Store;
  let live: Live;
  let stored: Record<string, Stored>;
  afterEach(async () => {
    await live.stop();
    store.close();
  });

  async function start(secrets: unknown, more: Record<string, string>) {
    store = await startStore(stored);
    live = await startLive(layer, store.url, secrets, more);
  }

  it("gives a rotated value after its time, and logs which version replaces which", async () => {
    stored = { x: "old" };
    await start({ A: "x" }, { SECRETS_TTL: "1", SECRETS_LOG_LEVEL: "INFO" });
    const before = await live.get("/secrets/A");
    stored.x = "new";
    expect((await live.get("/secrets/A")).body).toBe("old");
    await sleep(1100);
    const after = await live.get("/secrets/A");
    expect(after.body).toBe("new");
    const [from, to] = [before, after].map(({ headers }) => String(headers.etag).replaceAll('"', ""));
    expect(live.log()).toContain(`INFO A (from "x"): version ${to} replaces ${from}.`);
    expect(live.log()).not.toMatch(/old|new/);
  });

  it("asks every time with a time of 0, in an entry of its own", async () => {
    stored = { x: "1", y: "1" };
    await start({ A: { secret: "x", ttl: 0 }, B: "y" }, {});
    await live.get("/secrets");
    for (const value of ["2", "3", "4"]) {
      stored.x = value;
      stored.y = value;
      expect((await live.get("/secrets/A")).body).toBe(value);
      expect((await live.get("/secrets/B")).body).toBe("1");
    }
  });

  it("serves the old value with a warning while the service fails, recovers, and gives up in the end", async () => {
    stored = { x: "old" };
    await start({ A: "x" }, { SECRETS_TTL: "1", SECRETS_MAX_STALE: "4", SECRETS_TIMEOUT: "1" });
    expect((await live.get("/secrets/A")).headers.warning).toBeUndefined();
    stored.x = denied("x");
    await sleep(1100);
    const stale = await live.get("/secrets/A");
    expect(stale).toMatchObject({ status: 200, body: "old", headers: { warning: '110 - "Response is Stale"' } });
    expect(Number(stale.headers.age)).toBeGreaterThanOrEqual(1);
    expect(live.log()).toMatch(
      /WARN A \(from "x"\): access to the secret is denied\..* The value of 1 s ago is served\./,
    );
    stored.x = "new";
    await sleep(1100);
    const fresh = await live.get("/secrets/A");
    expect([fresh.body, fresh.headers.warning]).toEqual(["new", undefined]);
    stored.x = denied("x");
    await sleep(5500);
    const { status, body } = await live.get("/secrets/A");
    expect([status, JSON.parse(body)]).toEqual([
      503,
      { code: "AccessDenied", message: "A: access to the secret is denied." },
    ]);
    expect((await live.get("/secrets")).status).toBe(503);
  });

  it("fetches everything anew when told to, once for all who ask", async () => {
    stored = { x: "old", y: "old" };
    await start({ A: "x", B: "y" }, {});
    await live.get("/secrets");
    stored.x = "new";
    await sleep(1100);
    const answers = await Promise.all(Array.from({ length: 20 }, () => live.get("/refresh", { method: "POST" })));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(
      new Set(['200 {"refreshed":2,"failed":[]}']),
    );
    expect(store.asked).toHaveLength(4);
    expect((await live.get("/secrets/A")).body).toBe("new");
    stored.y = denied("y");
    await sleep(1100);
    const { status, body } = await live.get("/refresh", { method: "POST" });
    expect([status, JSON.parse(body)]).toEqual([503, { refreshed: 1, failed: ["B: access to the secret is denied."] }]);
  });

  it("lets every request wait for a value that is on its way", async () => {
    stored = { x: "value" };
    store = await startStore(stored, { latencyMs: 500 });
    live = await startLive(layer, store.url, { A: "x" });
    const answers = await Promise.all(Array.from({ length: 50 }, () => live.get("/secrets/A")));
    expect(answers.map(({ status, body }) => `${status} ${body}`)).toEqual(Array(50).fill("200 value"));
    expect(store.asked).toEqual(["x"]);
  });

  it("goes on after a freeze in the middle of 50 connections' requests", async () => {
    stored = { x: "old" };
    store = await startStore(stored, { latencyMs: 200 });
    live = await startLive(layer, store.url, { A: "x" }, { SECRETS_TTL: "1", SECRETS_TIMEOUT: "1" });
    await live.get("/secrets/A");
    stored.x = "new";
    await sleep(1100);
    const waiting = Promise.all(Array.from({ length: 50 }, () => live.get("/secrets/A")));
    await sleep(50);
    live.process.kill("SIGSTOP");
    await sleep(3000);
    live.process.kill("SIGCONT");
    expect((await waiting).map(({ status, body }) => `${status} ${body}`)).toEqual(Array(50).fill("200 new"));
  });

  it("finds its way after a freeze in which all its connections have died", async () => {
    stored = { x: "old" };
    await start({ A: "x" }, { SECRETS_TTL: "1" });
    await live.get("/secrets/A");
    const { port } = new URL(store.url);
    live.process.kill("SIGSTOP");
    store.close();
    stored.x = "new";
    await sleep(1500);
    store = await startStore(stored, { port: Number(port) });
    live.process.kill("SIGCONT");
    expect((await live.get("/secrets/A")).body).toBe("new");
  });

  it("never mixes two versions of a secret, however often it rotates", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `s${index}`);
    let version = 0;
    const rotate = () => {
      version++;
      for (const name of names) stored[name] = JSON.stringify({ a: `${version}`, b: `${version}`, c: `${version}` });
    };
    stored = {};
    rotate();
    await start(Object.fromEntries(names.map((name) => [`${name}_*`, { secret: name, ttl: 0 }])), {});
    const rotating = setInterval(rotate, 20);
    const seen = new Set<string>();
    const end = Date.now() + 3000;
    const read = async () => {
      while (Date.now() < end) {
        const all = JSON.parse((await live.get("/secrets")).body);
        for (const name of names) {
          expect(new Set(["a", "b", "c"].map((key) => all[`${name}_${key}`])).size).toBe(1);
          seen.add(all[`${name}_a`]);
        }
      }
    };
    await Promise.all(Array.from({ length: 10 }, read));
    clearInterval(rotating);
    expect(seen.size).toBeGreaterThan(5);
  });
});
