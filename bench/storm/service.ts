import type { VirtualTime } from "./virtual-time.ts";

/** How a service answers: calls per second that it allows, and for how long, in ms, it is down first. */
export type Service = { name: string; quota: number; downMs: number };

/** Counts the calls, and answers as the SDK would: with nothing, or with the error that it throws. */
export class SimulatedService {
  readonly callsByMs: number[] = [];
  calls = 0;
  #tokens = 0;
  #filledMs = 0;

  constructor(
    readonly service: Service,
    readonly time: VirtualTime,
  ) {}

  async call(): Promise<void> {
    this.calls++;
    this.callsByMs[this.time.now] = (this.callsByMs[this.time.now] ?? 0) + 1;
    const error = this.#refusal();
    await new Promise<void>((resolve) => this.time.after(LATENCY_MS, resolve));
    if (error) throw error;
  }

  /** A token bucket that holds a tenth of a second's calls. */
  #refusal(): Error | undefined {
    const { quota, downMs } = this.service;
    if (this.time.now < downMs) return DOWN;
    const refill = ((this.time.now - this.#filledMs) * quota) / 1000;
    this.#tokens = Math.min(quota / 10, this.#tokens + refill);
    this.#filledMs = this.time.now;
    if (this.#tokens < 1) return THROTTLED;
    this.#tokens--;
    return undefined;
  }
}

const LATENCY_MS = 20;

// Made once: there are a million of them, and each would take its stack.
const DOWN = failure("InternalServiceError", 503);
const THROTTLED = failure("ThrottlingException", 400);

function failure(name: string, status: number): Error {
  return Object.assign(new Error(name), { name, $fault: "server", $metadata: { httpStatusCode: status } });
}
