import type { Measured, Meter, Order } from "./meter.ts";

/** A process to start and wait for, and what it took, by round. */
export type Job = { name: string; order: Order; samples: Measured[] };

/** Measures each job once a round, in turn, so that whatever else the machine does hits all alike. */
export async function measure(jobs: Job[], rounds: number, meter: Meter): Promise<void> {
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const { name, order, samples } of jobs) {
      const measured = await meter.measure(order);
      const { status, signal } = measured;
      if (status !== 0) throw new Error(`${name} failed while it was measured: ${describeEnd(status, signal)}`);
      if (round >= 0) samples.push(measured);
    }
  }
}

const WARM_UP_ROUNDS = 3;

function describeEnd(status: number | null, signal: number | null): string {
  return signal === null ? `exit status ${status}` : `signal ${signal}`;
}
