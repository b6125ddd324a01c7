import { keep } from "../kept.ts";
import { startMeter } from "../meter.ts";
import type { Options } from "../options.ts";
import { startServer } from "../start-server.ts";
import { makeAxes, makeStored } from "./axes.ts";
import { GROWTH_FILE, toGrowthFigures } from "./growth-figures.ts";
import { measureGrowth } from "./measure-growth.ts";
import { reportGrowth } from "./report-growth.ts";

/** Prints what a start costs as its work grows. Files are put into `folder`. */
export async function benchGrowth({ rounds, save }: Options, folder: string): Promise<void> {
  const server = await startServer({ secrets: makeStored(), options: {} });
  const meter = startMeter();
  try {
    const figures = toGrowthFigures(await measureGrowth(makeAxes(folder), server.url, rounds, meter), rounds);
    console.log(reportGrowth(figures));
    if (save) keep(GROWTH_FILE, figures);
  } finally {
    meter.stop();
    server.stop();
  }
}
