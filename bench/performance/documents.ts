import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { COLD_START_FILE, type ColdStartFigures } from "../cold-start/cold-start-figures.ts";
import { GROWTH_FILE, type GrowthFigures } from "../growth/growth-figures.ts";
import { readKept } from "../kept.ts";
import { readResults } from "../start/results.ts";
import { CHARTS, drawChart } from "./chart.ts";
import { type Kept, performancePage } from "./performance-page.ts";
import { withReadmeSection } from "./readme-section.ts";

const README = join(ROOT, "README.md");

export function readAllKept(): Kept {
  return {
    results: readResults(),
    coldStarts: readKept<ColdStartFigures>(COLD_START_FILE),
    growth: readKept<GrowthFigures>(GROWTH_FILE),
  };
}

/** Every file that shows what was measured, with the text that it is to have. */
export function listDocuments(): { file: string; text: string }[] {
  const kept = readAllKept();
  return [
    ...CHARTS.map(({ file, theme }) => ({ file, text: drawChart(kept.results, theme) })),
    { file: join(ROOT, "docs", "performance.md"), text: performancePage(kept) },
    { file: README, text: withReadmeSection(readFileSync(README, "utf8"), kept.results) },
  ];
}
