import { once } from "node:events";
import { createServer } from "node:net";

/** Kernels give ports from 32768 or 49152 up to servers and connections that ask for any port. */
const LOWEST = 10_000;
const HIGHEST = 32_767;

/** A port of loopback that nothing uses, and that nothing which asks the kernel for any port gets later. */
export async function freePort(): Promise<number> {
  const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return await freePort();
  }
  server.close();
  await once(server, "close");
  return port;
}
