import { readFileSync } from "node:fs";
import { basename, relative } from "node:path";
import { CHARTS, drawChart } from "../../bench/performance/chart.ts";
import { describeSvg } from "../../bench/performance/describe-svg.ts";
import { listDocuments, readAllKept } from "../../bench/performance/documents.ts";
import { performancePage } from "../../bench/performance/performance-page.ts";
import { withReadmeSection } from "../../bench/performance/readme-section.ts";
import { mainRun } from "../../bench/start/results.ts";
import { comparableRows } from "../../bench/start/rows.ts";
import { ROOT } from "../../layer/paths.ts";

const kept = readAllKept();
const { results } = kept;

it.each(listDocuments().map(({ file, text }) => [relative(ROOT, file), text]))(
  "%s is what npm run performance makes of the figures that are kept",
  (name, text) => {
    expect(readFileSync(`${ROOT}/${name}`, "utf8")).toBe(text);
  },
);

it.each(CHARTS.map(({ file, theme }) => [basename(file), theme] as const))("%s has its values in words", (_, theme) => {
  const [, description = ""] = /<desc id="description">(.*)<\/desc>/.exec(drawChart(results, theme)) ?? [];
  for (const { candidate, cells } of comparableRows(mainRun(results).rows)) {
    for (const { median } of cells.wallMs) expect(description).toContain(`${candidate} ${Math.round(median)} ms`);
  }
});

it("the README's chart replaces what is between the markers, and keeps what is around them", () => {
  const around = ["before", "<!-- BEGIN PERFORMANCE -->\nold\n<!-- END PERFORMANCE -->", "after"];
  const readme = withReadmeSection(around.join("\n"), results);
  for (const { file } of CHARTS) expect(readme).toContain(`"./${relative(ROOT, file)}"`);
  expect(readme).toMatch(/^before\n<!-- BEGIN [\s\S]* END PERFORMANCE -->\nafter$/);
  expect(readme).not.toContain("old");
  expect(() => withReadmeSection("before", results)).toThrow("no markers");
});

it("docs/performance.md has a section for each run, also for one that could not be measured", () => {
  const conditions = { cpuShare: 0.5 };
  const runs = [mainRun(results), { conditions, reason: "there is no share" }];
  const page = performancePage({ ...kept, results: { ...results, runs } });
  expect(page).toContain(
    `## Loopback, all processors\n\nMedians (middle halves) of ${mainRun(results).rounds} rounds in turn.\n\nWall time:\n\n|`,
  );
  expect(page).toContain("## Loopback, 0.5 of one processor\n\nNot measured: there is no share.\n");
  for (const { text } of mainRun(results).requirements) expect(page).toContain(`| ${text} `);
});

it("docs/performance.md has the cold start of each runtime, and a table for all that grows", () => {
  const page = performancePage(kept);
  for (const { runtime, added } of kept.coldStarts.rows) {
    expect(page).toMatch(new RegExp(`^\\| ${runtime} .* ${added.median.toFixed(1)} \\(`, "m"));
  }
  for (const { name } of kept.growth.axes) expect(page).toContain(`\n${name}:\n\n|`);
});

it("a title and a description may have any characters", () => {
  expect(describeSvg('<svg width="1">\n</svg>', "a < b", "c & d")).toContain(
    '<title id="title">a &lt; b</title>\n<desc id="description">c &amp; d</desc>',
  );
});
