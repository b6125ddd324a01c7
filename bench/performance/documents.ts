import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { readResults } from "../start/results.ts";
import { CHARTS, drawChart } from "./chart.ts";
import { performancePage } from "./performance-page.ts";
import { withReadmeSection } from "./readme-section.ts";

const README = join(ROOT, "README.md");

/** Every file that shows what was measured, with the text that it is to have. */
export function listDocuments(): { file: string; text: string }[] {
  const results = readResults();
  return [
    ...CHARTS.map(({ file, theme }) => ({ file, text: drawChart(results, theme) })),
    { file: join(ROOT, "docs", "performance.md"), text: performancePage(results) },
    { file: README, text: withReadmeSection(readFileSync(README, "utf8"), results) },
  ];
}
