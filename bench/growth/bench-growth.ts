import { startServer } from "../start-server.ts";
import { makeAxes, makeStored } from "./axes.ts";
import { measureGrowth } from "./measure-growth.ts";
import { reportGrowth } from "./report-growth.ts";
import { buildRunner } from "./runner.ts";

/** Prints what a start costs as its work grows. Files are put into `folder`. */
export async function benchGrowth(rounds: number, folder: string): Promise<void> {
  const runner = buildRunner(folder);
  const server = await startServer({ secrets: makeStored(), options: {} });
  try {
    console.log(reportGrowth(await measureGrowth(makeAxes(folder), server.url, rounds, runner), rounds));
  } finally {
    server.stop();
  }
}
