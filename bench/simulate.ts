// Usage: npm run simulate. What 10,000 environments that start at once do to a service that throttles or fails.

import { toTable } from "./storm/report.ts";
import { simulateStorms } from "./storm/storm.ts";

console.log(toTable(await simulateStorms()));
