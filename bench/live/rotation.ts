import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { LIVE_LAYER } from "../../layer/paths.ts";
import { startLive } from "../../test/support/live.ts";
import type { Load, Report } from "./load.ts";
import type { RotationOrder } from "./rotating-store.ts";

export const ROTATION = { secrets: 100, everyMs: 1000, ttlSeconds: 1, seconds: 20 };

/** Reads single secrets and all of them at once, while they rotate. */
export async function measureRotation(load: Load): Promise<Report> {
  const ids = Array.from({ length: ROTATION.secrets }, (_, index) => `S${index}`);
  const store = fork(fileURLToPath(new URL("rotating-store.ts", import.meta.url)));
  const order: RotationOrder = { ids, everyMs: ROTATION.everyMs };
  store.send(order);
  const [url] = await once(store, "message");
  const secrets = Object.fromEntries(
    ids.flatMap((id) => [
      [`${id}_*`, id],
      [`${id}_whole`, id],
    ]),
  );
  const live = await startLive(LIVE_LAYER, url, secrets, { SECRETS_TTL: String(ROTATION.ttlSeconds) });
  try {
    const paths = ids.flatMap((id) => [`/secrets/${id}_whole`, "/secrets"]);
    return await load(live.port, { paths, secrets: ids.length, seconds: ROTATION.seconds });
  } finally {
    await live.stop();
    store.disconnect();
  }
}
