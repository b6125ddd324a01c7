import type { Log } from "../core/host/log.ts";
import type { ExtensionsApi, LambdaEvent } from "./extensions-api.ts";
import type { Front } from "./front.ts";
import { logEach } from "./log-faults.ts";
import type { Service } from "./service.ts";

/** A cache that has started. */
export type LifeCycle = {
  front: Front;
  /** Undefined where its configuration has faults, which the wrapper reports. */
  service: Service | undefined;
  /** Whether this layer's wrapper starts the runtime, and writes the files. */
  isWrapped: boolean;
  isSnapshot: boolean;
  log: Log;
};

/** Follows Lambda's events until it ends the environment; without Lambda, for ever. Gives the status to exit with. */
export async function live(
  cycle: LifeCycle,
  lambda: ExtensionsApi | undefined,
  events: LambdaEvent[],
): Promise<number> {
  if (!lambda) return await new Promise<never>(() => {});
  if (!events.includes("INVOKE") && cycle.service) refreshByTimer(cycle.service);
  for (let isFirst = true; ; isFirst = false) {
    const event = await lambda.next();
    if (!event.ok) {
      cycle.log("ERROR", `${event.error.cause}. ${event.error.remedy} [${event.error.code}]`);
      return 1;
    }
    if (event.value === "SHUTDOWN") {
      await cycle.service?.removeFiles();
      return 0;
    }
    // Not waited for: the next event is asked for at once, so that this delays no response.
    if (cycle.service) void onInvoke(cycle.service, cycle, isFirst);
  }
}

async function onInvoke(service: Service, { front, isWrapped, isSnapshot, log }: LifeCycle, isFirst: boolean) {
  if (isFirst && isSnapshot) front.open(service.answer);
  if (isFirst) await service.prefetch();
  // Where the wrapper got its values by itself, they may be of another version.
  if (isFirst && (isWrapped || isSnapshot)) logEach(await service.writeFiles(), log);
  await service.refreshDue();
}

/** Where Lambda does not tell of invocations, as on Managed Instances, which are never frozen. */
function refreshByTimer(service: Service): void {
  setTimeout(
    async () => {
      await service.refreshDue();
      refreshByTimer(service);
    },
    Math.min(Math.max(MIN_PAUSE_MS, service.dueInMs()), MAX_PAUSE_MS),
  );
}

const MIN_PAUSE_MS = 1000;
/** Where nothing is listed, nothing is ever due. */
const MAX_PAUSE_MS = 3_600_000;
