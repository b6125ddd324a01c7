import { limitCpu } from "./conditions/cpu-share.ts";
import type { Measured, Meter, Order } from "./meter.ts";

/** A process to start and wait for, and what it took, by round. */
export type Job = { name: string; order: Order; samples: Measured[] };

/** How often, and with which share of one processor each. */
export type Schedule = { rounds: number; cpuShare?: number | undefined };

const MOST_WARM_UPS = 3;
const PROGRESS_ROUNDS = 10;

/** Measures each job anew, once a round, in turn, so that whatever else the machine does hits all alike. */
export async function measure(jobs: Job[], { rounds, cpuShare }: Schedule, meter: Meter): Promise<void> {
  for (const job of jobs) job.samples = [];
  for (let round = -Math.min(MOST_WARM_UPS, Math.ceil(rounds / 10)); round < rounds; round++) {
    for (const { name, order, samples } of jobs) {
      const measured = await measureWithin(cpuShare, order, meter);
      const { status, signal } = measured;
      if (status !== 0) throw new Error(`${name} failed while it was measured: ${describeEnd(status, signal)}`);
      if (round >= 0) samples.push(measured);
    }
    if (round >= 0 && (round + 1) % PROGRESS_ROUNDS === 0) console.error(`${round + 1} of ${rounds} rounds`);
  }
}

/** Each process has a group of its own: what one has run beyond its quota, the kernel takes from its group's next periods. */
async function measureWithin(cpuShare: number | undefined, order: Order, meter: Meter): Promise<Measured> {
  if (cpuShare === undefined) return meter.measure(order);
  const { tasks, remove } = limitCpu(cpuShare);
  try {
    return await meter.measure({ ...order, cgroup: tasks });
  } finally {
    remove();
  }
}

function describeEnd(status: number | null, signal: number | null): string {
  return signal === null ? `exit status ${status}` : `signal ${signal}`;
}
