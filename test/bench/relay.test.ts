import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { type Relay, startRelay } from "../../bench/conditions/relay.ts";
import { freePort } from "../support/free-port.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";

const BUILD_MS = 120_000;
const RTT_MS = 20;

describeUnless(missingProgram(["go"]), "the relay", () => {
  beforeAll(async () => (await startRelay("http://127.0.0.1:1", RTT_MS)).stop(), BUILD_MS);

  const opened: (Relay | Socket)[] = [];
  afterEach(() => {
    for (const each of opened.splice(0)) "stop" in each ? each.stop() : each.destroy();
  });

  /** Both ends of a connection through a relay. */
  async function open() {
    const server = createServer({ allowHalfOpen: true }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const accepted = once(server, "connection");
    const client = await dial((server.address() as AddressInfo).port);
    const [target] = (await accepted) as [Socket];
    opened.push(target);
    server.close();
    return { client, target };
  }

  async function dial(port: number) {
    const relay = await startRelay(`http://127.0.0.1:${port}`, RTT_MS);
    const client = connect({ host: "127.0.0.1", port: Number(new URL(relay.url).port), allowHalfOpen: true });
    opened.push(relay, client);
    return client;
  }

  it("passes all bytes on in their order, both ways at once", async () => {
    const { client, target } = await open();
    const [there, back] = [randomBytes(5_000_000), randomBytes(5_000_000)];
    client.end(there);
    target.end(back);
    const [atTarget, atClient] = await Promise.all([read(target), read(client)]);
    expect([atTarget.equals(there), atClient.equals(back)]).toEqual([true, true]);
  });

  it("ends one direction where the client does, and the other goes on", async () => {
    const { client, target } = await open();
    client.end("question");
    expect(String(await read(target))).toBe("question");
    target.end("answer");
    expect(String(await read(client))).toBe("answer");
  });

  it.each(["client", "target"] as const)("passes a reset of the %s on", async (name) => {
    const ends = await open();
    const other = name === "client" ? ends.target : ends.client;
    const failed = once(other, "error");
    other.resume();
    ends[name].resetAndDestroy();
    expect(await failed).toEqual([expect.objectContaining({ code: "ECONNRESET" })]);
  });

  it("resets a connection where nobody listens at the target", async () => {
    const client = await dial(await freePort());
    client.resume();
    expect(await once(client, "error")).toEqual([expect.objectContaining({ code: "ECONNRESET" })]);
  });

  it("answers no sooner than after a round trip", async () => {
    const { client, target } = await open();
    target.pipe(target);
    const started = performance.now();
    client.write("question");
    await once(client, "data");
    expect(performance.now() - started).toBeGreaterThanOrEqual(RTT_MS);
  });

  it("changes nothing of the URL but its port", async () => {
    const port = await freePort();
    const relay = await startRelay(`https://localhost:${port}`, RTT_MS);
    opened.push(relay);
    expect(relay.url).toMatch(/^https:\/\/localhost:\d+$/);
    expect(new URL(relay.url).port).not.toBe(String(port));
  });
});

/** All until the peer's end; unlike Node's own consumers it keeps the other direction open. */
async function read(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(socket, "end");
  return Buffer.concat(chunks);
}
