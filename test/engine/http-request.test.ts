import type { RequestListener } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { HttpRequest } from "../../core/host/engine-api.ts";
import { httpRequest } from "../../engine/node/http-request.ts";
import { closedPort, closing, listen } from "../core/servers.ts";
import { type ProxyOptions, startProxy } from "../support/proxy.ts";
import { serve } from "../support/store.ts";

const get = (url: string, timeoutMs = 5000, options: Partial<HttpRequest> = {}) =>
  httpRequest({ method: "GET", url, headers: {}, timeoutMs, ...options });
const hedged = (url: string, timeoutMs = 20_000) => get(url, timeoutMs, { hedgeAfterMs: 200 });

/** Handles each connection by its number, from 0; counts them. */
async function serveSockets(handle: (socket: Socket, number: number) => void) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    handle(socket, sockets.push(socket) - 1);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  closing({ close });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

it("says of a connection that was kept that the answer is missing, not the connection", async () => {
  let requests = 0;
  const url = await listen((_, response) => requests++ === 0 && response.end("x"));
  await get(url);
  await expect(get(url, 200)).rejects.toMatchObject({ code: "ETIMEDOUT", phase: "response" });
});

it("warns of nothing, however often a connection is used", async () => {
  const warnings: Error[] = [];
  process.on("warning", (warning) => warnings.push(warning));
  const url = await listen((_, response) => response.end("x"));
  for (let request = 0; request < 20; request++) await get(url);
  expect(warnings).toEqual([]);
});

it("bears a server that closes its connections after each answer", async () => {
  let turn = 0;
  const { url } = await serveSockets((socket) =>
    socket.once("data", () => socket.write(OK, () => setTimeout(() => socket.destroy(), 0.5 + (turn++ % 6) * 2))),
  );
  for (let request = 0; request < 100; request++) {
    await new Promise((resolve) => setTimeout(resolve, request % 11));
    expect(await get(url)).toMatchObject({ status: 200 });
  }
});

it("repeats a request on a connection that was kept, once", async () => {
  const { url, sockets } = await serveSockets((socket, number) =>
    socket.once("data", () => {
      if (number > 0) return socket.destroy();
      return socket.write(OK, () => socket.once("data", () => socket.destroy()));
    }),
  );
  await get(url);
  await expect(get(url)).rejects.toMatchObject({ code: "ECONNRESET", phase: "response" });
  expect(sockets.length).toBe(2);
});

it("repeats no request on a new connection", async () => {
  const { url, sockets } = await serveSockets((socket) => socket.once("data", () => socket.destroy()));
  await expect(get(url)).rejects.toMatchObject({ code: "ECONNRESET", phase: "response" });
  expect(sockets.length).toBe(1);
});

describe("a request that stalls", () => {
  /** Stalls on the first of these connections. */
  const stalling = (connections: number) =>
    serveSockets((socket, number) => number >= connections && socket.once("data", () => socket.write(OK)));

  it("is sent once more, and the first answer ends the other", async () => {
    const { url, sockets } = await stalling(1);
    expect(await hedged(url)).toMatchObject({ status: 200 });
    expect(sockets.length).toBe(2);
    const [stalled] = sockets as [Socket];
    if (!stalled.closed) await new Promise((resolve) => stalled.resume().once("close", resolve));
  });

  it("is sent again after pauses that double, until its time is over", async () => {
    const { url, sockets } = await stalling(9);
    await expect(hedged(url, 2500)).rejects.toMatchObject({ code: "ETIMEDOUT", phase: "response" });
    expect(sockets.length).toBe(4);
  });

  it("is not sent twice unasked", async () => {
    const { url, sockets } = await stalling(9);
    await expect(get(url, 1000)).rejects.toMatchObject({ code: "ETIMEDOUT", phase: "response" });
    expect(sockets.length).toBe(1);
  });

  it("goes on where the second fails", async () => {
    const { url, sockets } = await serveSockets((socket, number) => {
      if (number > 0) socket.once("data", () => socket.destroy()).once("close", () => sockets[0]?.write(OK));
    });
    expect(await hedged(url)).toMatchObject({ status: 200 });
  });

  it("may fail where the second goes on", async () => {
    const { url, sockets } = await serveSockets((socket, number) => {
      if (number === 0) return;
      sockets[0]?.destroy();
      socket.once("data", () => setTimeout(() => socket.write(OK), 100));
    });
    expect(await hedged(url)).toMatchObject({ status: 200 });
  });

  it("is not sent twice once its answer has begun", async () => {
    let requests = 0;
    const slow: RequestListener = (_, response) => {
      requests++;
      response.write("a");
      setTimeout(() => response.end("b"), 2000);
    };
    const { body } = await get(await listen(slow), 20_000, { hedgeAfterMs: 1000 });
    expect(Buffer.from(body).toString()).toBe("ab");
    expect(requests).toBe(1);
  });
});

it.each(["", "no certificate", "-----BEGIN CERTIFICATE-----\nMIIx\n-----END CERTIFICATE-----"])(
  "says of a CA that it is none: %j",
  async (ca) => {
    const url = (await closedPort()).replace("http:", "https:");
    await expect(get(url, 5000, { ca })).rejects.toMatchObject({ code: "ERR_CA", phase: "ca" });
  },
);

it.each([
  ["a header's value", { headers: { authorization: "secret\r\nx: 1" } }, "ERR_INVALID_ARG_VALUE"],
  ["a header's name", { headers: { "a b": "secret" } }, "ERR_INVALID_ARG_VALUE"],
  ["the method", { method: "G ET" }, "ERR_INVALID_ARG_VALUE"],
  ["the URL", { url: "http://a b/" }, "ERR_INVALID_URL"],
  ["the URL's scheme", { url: "ftp://127.0.0.1/" }, "ERR_INVALID_URL"],
])("refuses what is no HTTP: %s", async (_, options, code) => {
  const error = await get("http://127.0.0.1:1", 5000, options).catch((error) => error);
  expect(error).toMatchObject({ code, phase: "request" });
  expect(error.message).not.toContain("secret");
});

describe("through a proxy", () => {
  const USER = { authorization: "Basic eDp5" };

  async function startBoth(options?: ProxyOptions) {
    const server = closing(await serve((request, response) => response.end(request.headers.host)));
    const proxy = closing(await startProxy(server.url, options));
    return { asked: proxy.asked, proxy: { url: `http://${proxy.address}`, ...USER } };
  }

  it("asks the proxy itself for what is at an http URL", async () => {
    const { asked, proxy } = await startBoth();
    const { body } = await get("http://host.test:81/a?b", 5000, { proxy });
    expect(Buffer.from(body).toString()).toBe("host.test:81");
    expect(asked).toEqual([{ what: "GET http://host.test:81/a?b", ...USER }]);
  });

  it("asks for a tunnel to what is at an https URL, and says of a failure behind it what it is", async () => {
    const { asked, proxy } = await startBoth();
    const failure = get("https://host.test/", 5000, { proxy });
    await expect(failure).rejects.toMatchObject({ code: "EPROTO", phase: "handshake" });
    expect(asked).toEqual([{ what: "CONNECT host.test:443", ...USER }]);
  });

  it.each([403, 407, 502])("says that the proxy refused, and with which status: %s", async (status) => {
    const { proxy } = await startBoth({ answers: [status] });
    const failure = get("https://host.test/", 5000, { proxy });
    await expect(failure).rejects.toMatchObject({ code: "ERR_PROXY_TUNNEL", phase: "proxy", status });
  });

  it("says that the proxy did not answer in time, however often it is asked", async () => {
    const { asked, proxy } = await startBoth({ answers: [0] });
    const failure = get("https://host.test/", 800, { proxy, hedgeAfterMs: 200 });
    await expect(failure).rejects.toMatchObject({ code: "ETIMEDOUT", phase: "proxy" });
    expect(asked.length).toBe(3);
  });

  it("says that no proxy is there", async () => {
    const failure = get("https://host.test/", 5000, { proxy: { url: await closedPort() } });
    await expect(failure).rejects.toMatchObject({ code: "ECONNREFUSED", phase: "connect" });
  });
});
