import type { Job } from "./measure.ts";
import type { Measured } from "./meter.ts";

/** What is measured of a process. */
export type Figure = "wallMs" | "processorMs" | "memoryMb";

/** How a figure is printed. */
export const FIGURES: { figure: Figure; title: string; unit: string }[] = [
  { figure: "wallMs", title: "Wall time", unit: "ms" },
  { figure: "processorMs", title: "Processor time, user and system", unit: "ms" },
  { figure: "memoryMb", title: "Peak resident memory", unit: "MB" },
];

/** A figure of a job, by round. */
export function sampleOf({ samples }: Job, figure: Figure): number[] {
  return samples.map(READ[figure]);
}

const READ: Record<Figure, (measured: Measured) => number> = {
  wallMs: ({ wallMs }) => wallMs,
  processorMs: ({ processorMs }) => processorMs,
  memoryMb: ({ memoryBytes }) => memoryBytes / 1e6,
};
