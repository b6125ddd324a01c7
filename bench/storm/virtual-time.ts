/** Runs a program that waits by `setTimeout` and reads `performance.now` in virtual time, in whole milliseconds. */
export class VirtualTime {
  #now = 0;
  readonly #due: (() => void)[][] = [];

  get now(): number {
    return this.#now;
  }

  /** Calls back after this time; one of the order in which it was asked for. */
  after(ms: number, callback: () => void): void {
    const at = this.#now + Math.max(0, Math.ceil(ms));
    const callbacks = this.#due[at] ?? [];
    this.#due[at] = callbacks;
    callbacks.push(callback);
  }

  /** Runs until nothing is due any more, with this clock and repeatable random numbers in place of the process's own. */
  async run(seed: number): Promise<void> {
    const own = { setTimeout: globalThis.setTimeout, now: performance.now, random: Math.random };
    globalThis.setTimeout = ((callback: () => void, ms = 0) => this.after(ms, callback)) as typeof setTimeout;
    performance.now = () => this.#now;
    Math.random = randomFrom(seed);
    try {
      for (; this.#now < this.#due.length; this.#now++) await this.#runDue();
    } finally {
      globalThis.setTimeout = own.setTimeout;
      performance.now = own.now;
      Math.random = own.random;
    }
  }

  async #runDue(): Promise<void> {
    let due = this.#due[this.#now];
    while (due) {
      delete this.#due[this.#now];
      for (const callback of due) callback();
      // After every promise that these have settled.
      await new Promise(setImmediate);
      due = this.#due[this.#now];
    }
  }
}

/** Mulberry32: the same numbers on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
