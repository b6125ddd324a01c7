import type { HttpError } from "../../core/host/engine-api.ts";

/** Does something, and says whether its answer has begun. */
export type Attempt<T> = (isFirst: boolean, onAnswer: (hasBegun: boolean) => void) => Promise<T>;

/**
 * Where an attempt has no answer after this time, another is made beside it, one more after twice that time, and so on
 * until `signal` is aborted: the first success counts; its caller ends the others. Rejects with the failure of what
 * came further.
 */
export function hedged<T>(afterMs: number | undefined, signal: AbortSignal, attempt: Attempt<T>): Promise<T> {
  let isAnswered = false;
  const begin = (isFirst: boolean) =>
    attempt(isFirst, (hasBegun) => {
      isAnswered = hasBegun;
    });
  return firstOf(begin(true), () => (isAnswered || signal.aborted ? undefined : begin(false)), afterMs);
}

/** Begins further attempts until one succeeds, or all that were begun have failed. */
function firstOf<T>(first: Promise<T>, again: () => Promise<T> | undefined, afterMs = MAX_TIMER_MS): Promise<T> {
  return new Promise((resolve, reject) => {
    const failures: HttpError[] = [];
    let running = 0;
    let timer: NodeJS.Timeout | undefined;
    const follow = (attempt: Promise<T> | undefined) => {
      if (!attempt) return;
      running++;
      attempt.then(settle(resolve), (error: HttpError) => {
        failures.push(error);
        if (--running === 0) settle(reject)(furthest(failures));
      });
    };
    const settle =
      <V>(end: (value: V) => void) =>
      (value: V) => {
        clearTimeout(timer);
        end(value);
      };
    const wait = (ms: number) => {
      timer = setTimeout(
        () => {
          follow(again());
          wait(ms * 2);
        },
        Math.min(ms, MAX_TIMER_MS),
      );
    };
    follow(first);
    wait(afterMs);
  });
}

function furthest(failures: HttpError[]): HttpError | undefined {
  return failures.toSorted((a, b) => PHASES.indexOf(b.phase) - PHASES.indexOf(a.phase))[0];
}

/** As far as a call can come, in order. */
const PHASES: HttpError["phase"][] = [
  "ca",
  "request",
  "queue",
  "lookup",
  "connect",
  "proxy",
  "handshake",
  "response",
  "body",
];
const MAX_TIMER_MS = 2 ** 31 - 1;
