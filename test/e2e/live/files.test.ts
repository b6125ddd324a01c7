import { mkdtempSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Authority, makeAuthority, toJson } from "../../support/identity.ts";
import { type Live, startLive } from "../../support/live.ts";
import { describeWith } from "../../support/needs.ts";
import { type Store, type Stored, startStore } from "../../support/store.ts";
import { LIVE_LAYERS } from "../../support/trees.ts";

describe.each(LIVE_LAYERS)("the live cache on %s", (_, layer) => {
  let store: Store;
  let live: Live;
  let stored: Record<string, Stored>;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync("/tmp/live-files-");
  });
  afterEach(async () => {
    await live.stop();
    store.close();
    rmSync(folder, { recursive: true });
  });

  async function refresh() {
    await sleep(1100);
    expect((await live.get("/refresh", { method: "POST" })).status).toBe(200);
    // Files follow the answer.
    await sleep(100);
  }

  it("keeps files at the newest version, and removes that of an optional secret that is gone", async () => {
    const [one, two] = [join(folder, "one"), join(folder, "two")];
    stored = { x: Buffer.from([0, 255]), y: "old" };
    store = await startStore(stored);
    live = await startLive(layer, store.url, {
      A: { secret: "x", file: one },
      B: { secret: "y", file: two, optional: true },
    });
    expect((await live.get("/secrets")).body).toBe(JSON.stringify({ A: one, B: two }));
    await sleep(100);
    expect([readFileSync(one), readFileSync(two, "utf8")]).toEqual([Buffer.from([0, 255]), "old"]);
    stored.x = Buffer.from([1, 2, 3]);
    Reflect.deleteProperty(stored, "y");
    await refresh();
    expect(readFileSync(one)).toEqual(Buffer.from([1, 2, 3]));
    expect(() => readFileSync(two)).toThrow("ENOENT");
  });

  describeWith("openssl", "with an identity", () => {
    let authority: Authority;
    const certificates = mkdtempSync(join(tmpdir(), "live-identity-"));
    beforeAll(() => {
      authority = makeAuthority(join(certificates, "own"));
    });
    afterAll(() => rmSync(certificates, { recursive: true }));

    it("replaces all of its files at once, and leaves those before to who is reading them", async () => {
      const [first, second, third] = [authority.issue(), authority.issue(), authority.issue()];
      stored = { svid: toJson(first) };
      store = await startStore(stored);
      const path = join(folder, "id");
      live = await startLive(layer, store.url, { SVID: { secret: "svid", format: "x509-svid", file: path } });
      await live.get("/secrets");
      await sleep(200);
      const pair = (at: string) => ({
        chain: readFileSync(join(at, "svid.pem"), "utf8"),
        key: readFileSync(join(at, "key.pem"), "utf8"),
      });
      const own = ({ chain, key }: { chain: string; key: string }) => ({ chain, key });
      expect(pair(path)).toEqual(own(first));
      const reading = join(folder, readlinkSync(path));
      stored.svid = toJson(second);
      await refresh();
      expect(pair(path)).toEqual(own(second));
      expect(pair(reading)).toEqual(own(first));
      stored.svid = toJson(third);
      await refresh();
      expect(pair(path)).toEqual(own(third));
      expect(() => pair(reading)).toThrow("ENOENT");
    });

    it("does not take an identity that is not right, and goes on with the last", async () => {
      const good = authority.issue();
      stored = { svid: toJson(good) };
      store = await startStore(stored);
      const path = join(folder, "id");
      live = await startLive(layer, store.url, { SVID: { secret: "svid", format: "x509-svid", file: path } });
      await live.get("/secrets");
      await sleep(200);
      stored.svid = '{"spiffeId":"x"}';
      await sleep(1100);
      expect((await live.get("/refresh", { method: "POST" })).status).toBe(503);
      expect(live.log()).toMatch(/WARN SVID \(from "svid"\): .* The value of \d s ago is served\./);
      expect(readFileSync(join(path, "svid.pem"), "utf8")).toBe(good.chain);
    });
  });
});
