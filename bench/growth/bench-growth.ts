import { startMeter } from "../meter.ts";
import { startServer } from "../start-server.ts";
import { makeAxes, makeStored } from "./axes.ts";
import { measureGrowth } from "./measure-growth.ts";
import { reportGrowth } from "./report-growth.ts";

/** Prints what a start costs as its work grows. Files are put into `folder`. */
export async function benchGrowth(rounds: number, folder: string): Promise<void> {
  const server = await startServer({ secrets: makeStored(), options: {} });
  const meter = startMeter();
  try {
    console.log(reportGrowth(await measureGrowth(makeAxes(folder), server.url, rounds, meter), rounds));
  } finally {
    meter.stop();
    server.stop();
  }
}
