import { type Figure, sampleOf } from "../figures.ts";
import { type Origin, originHere } from "../kept.ts";
import type { Job } from "../measure.ts";
import { median, type Spread, toSpread } from "../statistics.ts";
import type { Growth } from "./measure-growth.ts";

export type GrowthFigures = Origin & { rounds: number; axes: AxisFigures[] };

export type AxisFigures = { name: string; unit: string; points: PointFigures[] };

/** What a start took with so much work. */
export type PointFigures = Record<Figure, Spread> & {
  work: number;
  /** Microseconds that a unit costs above the first point in the same round, which has none itself. */
  unitUs?: Pick<Record<Figure, number>, "wallMs" | "processorMs">;
};

export const GROWTH_FILE = "growth.json";

export function toGrowthFigures(growths: Growth[], rounds: number): GrowthFigures {
  return { ...originHere(), rounds, axes: growths.map(toAxisFigures) };
}

function toAxisFigures({ name, unit, points, jobs }: Growth): AxisFigures {
  const [base] = jobs;
  const works = points.map(({ work }) => work);
  const toPoint = (job: Job, index: number): PointFigures => {
    const [first = 0, work = 0] = [works[0], works[index]];
    const unitUs = (figure: Figure) => (median(differences(job, base, figure)) * 1000) / (work - first);
    return {
      work,
      wallMs: toSpread(sampleOf(job, "wallMs")),
      processorMs: toSpread(sampleOf(job, "processorMs")),
      memoryMb: toSpread(sampleOf(job, "memoryMb")),
      ...(job !== base && { unitUs: { wallMs: unitUs("wallMs"), processorMs: unitUs("processorMs") } }),
    };
  };
  return { name, unit, points: jobs.map(toPoint) };
}

function differences(job: Job, base: Job | undefined, figure: Figure): number[] {
  const below = base ? sampleOf(base, figure) : [];
  return sampleOf(job, figure).map((value, round) => value - (below[round] ?? Number.NaN));
}
