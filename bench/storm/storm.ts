import { type Service, SimulatedService } from "./service.ts";
import { OWN, SDK, type Strategy } from "./strategies.ts";
import { VirtualTime } from "./virtual-time.ts";

export type Outcome = {
  service: string;
  strategy: string;
  /** The share of environments that got all their secrets. */
  started: number;
  /** Calls for each secret that was got. */
  callsPerSecret: number;
  /** The most calls in a second. */
  peak: number;
};

const ENVIRONMENTS = 10_000;
const SECRETS = 5;

const SERVICES: Service[] = [
  { name: "allows 10,000 calls per second", quota: 10_000, downMs: 0 },
  { name: "allows 1,000 calls per second", quota: 1000, downMs: 0 },
  { name: "is down for 3 s, then allows 100,000 calls per second", quota: 100_000, downMs: 3000 },
  { name: "is down for 3 s, then allows 10,000 calls per second", quota: 10_000, downMs: 3000 },
];

/** 10,000 environments of 5 secrets start within one second: every service, with every strategy. */
export async function simulateStorms(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const service of SERVICES) {
    for (const strategy of [OWN, SDK]) outcomes.push(await simulate(service, strategy));
  }
  return outcomes;
}

async function simulate(service: Service, strategy: Strategy): Promise<Outcome> {
  const time = new VirtualTime();
  const simulated = new SimulatedService(service, time);
  let got = 0;
  let started = 0;
  const count = () => {
    got++;
  };
  const startOne = async () => {
    const make = strategy.start();
    const calls = Array.from({ length: SECRETS }, () => make(() => simulated.call()).then(count));
    await Promise.all(calls).then(() => started++, ignore);
  };
  for (let index = 0; index < ENVIRONMENTS; index++) time.after((index * 1000) / ENVIRONMENTS, startOne);
  await time.run(1);
  return {
    service: service.name,
    strategy: strategy.name,
    started: started / ENVIRONMENTS,
    callsPerSecret: simulated.calls / got,
    peak: peakOf(simulated.callsByMs),
  };
}

/** An environment that does not start is one that is not counted. */
function ignore(): void {}

/** The most calls in any 1,000 ms. */
function peakOf(callsByMs: number[]): number {
  let sum = 0;
  let peak = 0;
  for (let ms = 0; ms < callsByMs.length; ms++) {
    sum += (callsByMs[ms] ?? 0) - (callsByMs[ms - 1000] ?? 0);
    peak = Math.max(peak, sum);
  }
  return peak;
}
