import type { HttpError } from "../../fetcher/engine.ts";

/** Does something until it is aborted, and says when its answer begins. */
type Attempt<T> = (isSecond: boolean, signal: AbortSignal, onAnswer: () => void) => Promise<T>;

/** Where an attempt has no answer after this time, another is made beside it: the first success counts, and ends the other. */
export async function hedged<T>(afterMs: number | undefined, attempt: Attempt<T>): Promise<T> {
  const controller = new AbortController();
  const answered = new AbortController();
  const first = attempt(false, controller.signal, () => answered.abort());
  try {
    const isSlow = await outlasts(first, afterMs, answered.signal);
    return await (isSlow ? firstOf([first, attempt(true, controller.signal, () => {})]) : first);
  } finally {
    controller.abort();
  }
}

function outlasts(first: Promise<unknown>, ms: number | undefined, answered: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = ms !== undefined && ms < MAX_TIMER_MS ? setTimeout(resolve, ms, true) : undefined;
    const stop = () => {
      clearTimeout(timer);
      resolve(false);
    };
    answered.addEventListener("abort", stop);
    first.then(stop, stop);
  });
}

/** The first success, else the failure of what came further. */
async function firstOf<T>(attempts: Promise<T>[]): Promise<T> {
  try {
    return await Promise.any(attempts);
  } catch (error) {
    const errors: HttpError[] = (error as AggregateError).errors;
    throw errors.sort((a, b) => PHASES.indexOf(b.phase) - PHASES.indexOf(a.phase))[0];
  }
}

/** As far as a call can come, in order. */
const PHASES: HttpError["phase"][] = ["ca", "request", "queue", "lookup", "connect", "handshake", "response", "body"];
const MAX_TIMER_MS = 2 ** 31 - 1;
