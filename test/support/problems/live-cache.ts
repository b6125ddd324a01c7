import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { extensionsApi } from "../../../cache/extensions-api.ts";
import { listen } from "../../../cache/http/server.ts";
import type { Fault } from "../../../core/fault/fault.ts";

/** Of a port that is in use, and where there is no Lambda. */
export async function faultsOfLiveCache(): Promise<Fault[]> {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const listening = await listen(port, () => Promise.reject());
  other.close();
  const registered = await extensionsApi(`127.0.0.1:${port}`, "secrets-wrapper").register();
  return [
    ...(listening.ok ? [] : [{ subject: "SECRETS_PORT", ...listening.error }]),
    ...(registered.ok ? [] : [{ subject: "secrets-wrapper", ...registered.error }]),
  ];
}
