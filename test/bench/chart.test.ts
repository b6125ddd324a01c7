import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { CHARTS, drawChart } from "../../bench/chart/chart.ts";
import { describeSvg } from "../../bench/chart/describe-svg.ts";
import { mainRun, readResults } from "../../bench/start/results.ts";

describe.each(CHARTS.map((chart) => [basename(chart.file), chart] as const))("docs/%s", (_, { file, theme }) => {
  const results = readResults();
  const svg = readFileSync(file, "utf8");

  it("is what npm run chart draws of bench/results.json", () => {
    expect(svg).toBe(drawChart(results, theme));
  });

  it("says each of its values in words", () => {
    const [, description = ""] = /<desc id="description">(.*)<\/desc>/.exec(svg) ?? [];
    for (const { candidate, cells } of mainRun(results).rows.filter(({ part }) => part !== "in all")) {
      for (const { median } of cells.wallMs) expect(description).toContain(`${candidate} ${Math.round(median)} ms`);
    }
  });
});

it("a title and a description may have any characters", () => {
  expect(describeSvg('<svg width="1">\n</svg>', "a < b", "c & d")).toContain(
    '<title id="title">a &lt; b</title>\n<desc id="description">c &amp; d</desc>',
  );
});
