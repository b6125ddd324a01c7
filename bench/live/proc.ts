import { readFileSync } from "node:fs";

/** A process's resident memory, in MB. */
export function residentMb(pid: number): number {
  return parseResidentMb(readFileSync(`/proc/${pid}/status`, "utf8"));
}

/** The time that a process had of the processor since its start, in clock ticks of 10 ms. */
export function processorTicks(pid: number): number {
  return parseTicks(readFileSync(`/proc/${pid}/stat`, "utf8"));
}

export function parseResidentMb(status: string): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

/** Fields 14 and 15: the program's name, which stands in brackets before them, may have spaces. */
export function parseTicks(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
