import { isHttpError } from "../../../core/host/engine-api.ts";
import { closedPort } from "../servers.ts";

it("a request that fails is told from every other error", async () => {
  const request = { method: "GET", url: await closedPort(), headers: {}, timeoutMs: 5000 };
  const error = await httpRequest(request).catch((error: unknown) => error);
  expect(error).toMatchObject({ code: "ECONNREFUSED", phase: "connect" });
  expect(isHttpError(error)).toBe(true);
  for (const other of [new Error("x"), Object.assign(new Error("x"), { code: "ENOENT" }), { ...Object(error) }, null]) {
    expect(isHttpError(other)).toBe(false);
  }
});
