import type { Section } from "./bench-live.ts";
import { IDLE_SECONDS, type Idle } from "./idle-cache.ts";

const TICK_MS = 10;

export function reportIdle({ ticks, calls }: Idle): Section {
  const counted = Array.isArray(calls) ? calls : undefined;
  return {
    text: `The live cache between invocations, in ${IDLE_SECONDS} s: ${ticks * TICK_MS} ms of the processor (in steps of ${TICK_MS} ms); ${describeCalls(calls)}.`,
    requirements: [
      { text: "Processor time when idle: none", limit: 0, unit: "ms", value: ticks * TICK_MS },
      { text: "System calls when idle: none", limit: 0, unit: "", value: counted?.length },
    ],
  };
}

function describeCalls(calls: Idle["calls"]): string {
  if (!Array.isArray(calls)) return `its system calls were not counted (strace: ${calls.unknown})`;
  const names = [...new Set(calls)].join(", ");
  return `${calls.length} system calls${names && `: ${names}`}`;
}
