import { setTimeout as sleep } from "node:timers/promises";
import type { HttpError } from "../../core/host/engine-api.ts";

/** Does something until it is aborted, and says when its answer begins. */
type Attempt<T> = (isFirst: boolean, signal: AbortSignal, onAnswer: () => void) => Promise<T>;

/**
 * Where an attempt has no answer after this time, another is made beside it, and where that one fails one more after
 * this time: the first success counts, and ends the others.
 */
export async function hedged<T>(afterMs: number | undefined, attempt: Attempt<T>): Promise<T> {
  const controller = new AbortController();
  const answered = new AbortController();
  const first = attempt(true, controller.signal, () => answered.abort());
  const pause = () => outlasts(first, afterMs, answered.signal);
  try {
    if (!(await pause())) return await first;
    const others = again(() => attempt(false, controller.signal, () => {}), pause);
    return await Promise.any([first, others]);
  } catch (error) {
    throw error instanceof AggregateError ? furthest(error.errors) : error;
  } finally {
    controller.abort();
  }
}

/** Until one succeeds, or the first attempt has ended. */
async function again<T>(attempt: () => Promise<T>, pause: () => Promise<boolean>): Promise<T> {
  const failures: HttpError[] = [];
  do {
    try {
      return await attempt();
    } catch (error) {
      failures.push(error as HttpError);
    }
  } while (await pause());
  throw furthest(failures);
}

/** Whether it has neither ended nor an answer after this time. */
async function outlasts(first: Promise<unknown>, ms: number | undefined, answered: AbortSignal): Promise<boolean> {
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, answered]);
  const end = () => ended.abort();
  first.then(end, end);
  try {
    await sleep(Math.min(ms ?? MAX_TIMER_MS, MAX_TIMER_MS), undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

/** The failure of what came further. */
function furthest(errors: HttpError[]): HttpError | undefined {
  return errors.toSorted((a, b) => PHASES.indexOf(b.phase) - PHASES.indexOf(a.phase))[0];
}

/** As far as a call can come, in order. */
const PHASES: HttpError["phase"][] = ["ca", "request", "queue", "lookup", "connect", "handshake", "response", "body"];
const MAX_TIMER_MS = 2 ** 31 - 1;
