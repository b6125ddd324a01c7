import type { ColdStartFigures } from "../cold-start/cold-start-figures.ts";
import { reportColdStarts } from "../cold-start/report-cold-starts.ts";
import type { GrowthFigures } from "../growth/growth-figures.ts";
import { reportGrowth } from "../growth/report-growth.ts";
import { reportRest, reportRun } from "../start/report.ts";
import type { Results } from "../start/results.ts";

/** All that the bench has kept. */
export type Kept = { results: Results; growth: GrowthFigures; coldStarts: ColdStartFigures };

/** docs/performance.md. */
export function performancePage({ results, growth, coldStarts }: Kept): string {
  const starts = [...results.runs.map(reportRun), `${reportRest(results)}\n`];
  return [INTRODUCTION, ...starts, reportColdStarts(coldStarts), reportGrowth(growth)].join("\n");
}

const INTRODUCTION = `# Performance

What it takes until a program has its secrets, with this layer and in other ways: programs and handlers on the SDKs for Go, Rust, JavaScript and Python, Powertools, and a floor, native code by hand that does nothing but the calls. The figures are from one machine and not from Lambda; all that is compared was measured in turn, in one run.

\`npm run performance\` makes this page, and the README's chart, of what the bench has kept:

\`\`\`sh
npm run build
npm run bench -- --all-conditions --save    # bench/results.json
npm run bench -- --cold-start --save        # bench/cold-start.json
npm run bench -- --growth --save            # bench/growth.json
npm run performance
\`\`\`

\`--rounds N\` repeats more often. \`--peer NAME=COMMAND\` adds another way: \`sh\` runs the command, which starts \`$PROGRAM\` with the secrets of \`$SECRET_NAMES\`. \`--rtt MS\` and \`--cpu SHARE\` are for one run with such round trips to the store, or with such a share of one processor for each process. \`--live\` measures [the live cache](live-cache.md).
`;
