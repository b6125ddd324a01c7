import { missingProgram } from "../../test/support/needs.ts";
import { missingLimit, PERIOD_US } from "./cpu-share.ts";
import { NOT_DELAYED } from "./relay.ts";

/** What a run sets for all that it measures: a round trip to the store, in ms, and a share of one processor. */
export type Conditions = { rttMs?: number; cpuShare?: number };

// AWS documents one vCPU at this memory, and the processor in proportion to it.
const ONE_PROCESSOR_MB = 1769;
const LAMBDA_MB = [128, 512, ONE_PROCESSOR_MB];

/** Nothing set, then each condition alone. */
export const ALL_CONDITIONS: Conditions[] = [
  {},
  { rttMs: 1 },
  ...LAMBDA_MB.map((memoryMb) => ({ cpuShare: shareOf(memoryMb) })),
];

export function isUnconditional({ rttMs, cpuShare }: Conditions): boolean {
  return rttMs === undefined && cpuShare === undefined;
}

/** Why this machine cannot set them, if it cannot. */
export function missingFor({ rttMs, cpuShare }: Conditions): string | undefined {
  return (rttMs && missingProgram(["go"])) || (cpuShare && missingLimit(cpuShare)) || undefined;
}

export function titleOf({ rttMs, cpuShare }: Conditions): string {
  const network = rttMs === undefined ? "Loopback" : `Round trips of ${rttMs} ms`;
  return `${network}, ${cpuShare === undefined ? "all processors" : `${cpuShare} of one processor`}`;
}

/** What is to be known about figures that were measured under them. */
export function notesOn({ rttMs, cpuShare }: Conditions): string[] {
  return [...(rttMs === undefined ? [] : [NOT_DELAYED]), ...(cpuShare === undefined ? [] : [ABOUT_SHARES])];
}

const ABOUT_SHARES = [
  `Lambda gives a function one processor at ${ONE_PROCESSOR_MB} MB, and less in proportion: ${describeShares()}.`,
  "Init is said to burst above this share, in the documentation of AWS's Lambda Web Adapter, but AWS does not promise it: this is the worst case.",
  "It is also what is to be expected of a second init, which Lambda runs within the first invocation.",
  `Each process has a quota of its own, in periods of ${PERIOD_US / 1000} ms. Only a few secrets are measured, as a start may take seconds.`,
].join(" ");

function describeShares(): string {
  return LAMBDA_MB.map((memoryMb) => `${shareOf(memoryMb)} is ${memoryMb} MB`).join(", ");
}

function shareOf(memoryMb: number): number {
  return Number((memoryMb / ONE_PROCESSOR_MB).toFixed(2));
}
