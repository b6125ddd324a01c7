import { httpRequest } from "../../engine/node/http-request.ts";
import { listen } from "../fetcher/servers.ts";

const get = (url: string, timeoutMs = 5000) => httpRequest({ method: "GET", url, headers: {}, timeoutMs });

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
