import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { LIVE_LAYER } from "../../layer/paths.ts";
import { startLive } from "../../test/support/live.ts";
import type { Load, Report } from "./load.ts";
import { residentMb } from "./proc.ts";
import type { RotationOrder } from "./rotating-store.ts";

export const ROTATION = { secrets: 100, everyMs: 1000, ttlSeconds: 1, seconds: 60, settledAfterSeconds: 10 };

/** What the readers saw, and the cache's resident memory: after a while, and at the end. */
export type Rotated = { report: Report; memory: { before: number; after: number } };

/** Reads single secrets and all of them at once, while they rotate. */
export async function measureRotation(load: Load): Promise<Rotated> {
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
    const memory = () => residentMb(live.process.pid ?? 0);
    const [report, before] = await Promise.all([
      load(live.port, { paths, secrets: ids.length, seconds: ROTATION.seconds }),
      sleep(ROTATION.settledAfterSeconds * 1000).then(memory),
    ]);
    return { report, memory: { before, after: memory() } };
  } finally {
    await live.stop();
    store.disconnect();
  }
}
