import type { RequestListener } from "node:http";
import { httpRequest } from "../../engine/node/http-request.ts";
import { serve } from "../support/store.ts";

// The engine's own functions, as every file that makes a request expects them.
Object.assign(globalThis, { httpRequest, preconnect() {} });

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Ends a server after the test. */
export function closing<T extends { close(): void }>(server: T): T {
  closers.push(server.close);
  return server;
}

/** The address of a server that lives as long as the test. */
export async function listen(listener: RequestListener): Promise<string> {
  return closing(await serve(listener)).url;
}

/** An address where nothing listens. */
export async function closedPort(): Promise<string> {
  const { url, close } = await serve(() => {});
  close();
  return url;
}
