// Usage: npm run chart. Draws what npm run bench -- --save has measured, for the README in light and dark.

import { writeFileSync } from "node:fs";
import { readResults } from "../start/results.ts";
import { CHARTS, drawChart } from "./chart.ts";

const results = readResults();
for (const { file, theme } of CHARTS) writeFileSync(file, drawChart(results, theme));
