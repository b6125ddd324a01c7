import { join } from "node:path";
import { type EChartsOption, init } from "echarts";
import { ROOT } from "../../layer/paths.ts";
import { THIS_LAYER } from "../start/candidates.ts";
import { mainRun, type Results } from "../start/results.ts";
import { comparableRows, type Row } from "../start/rows.ts";
import { describeCount } from "../task.ts";
import { describeSvg } from "./describe-svg.ts";

/** Colours on a page's background, which shows through. */
type Theme = { text: string; bar: string; ours: string };

export const CHARTS: { file: string; theme: Theme }[] = [
  { file: join(ROOT, "docs", "bench-light.svg"), theme: { text: "#1f2328", bar: "#8c959f", ours: "#0969da" } },
  { file: join(ROOT, "docs", "bench-dark.svg"), theme: { text: "#f0f6fc", bar: "#6e7681", ours: "#4493f8" } },
];

// Pixels. As wide as a phone's screen shows it without small print.
const WIDTH = 400;
const NAMES = 180;
const VALUES = 66;
const ROW = 35;
const TITLE = 32;
const GAP = 16;
const FONT = 13;

/** The wall times as an SVG: a panel for each count of secrets, with a bar for each candidate. */
export function drawChart(results: Results, theme: Theme): string {
  const { counts, rows, rounds } = mainRun(results);
  const shown = comparableRows(rows);
  const panel = TITLE + shown.length * ROW + GAP;
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: counts.length * panel });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif" },
    title: counts.map((count, index) => ({
      text: describeCount(count),
      top: index * panel,
      left: 0,
      textStyle: { color: theme.text, fontSize: FONT + 3 },
    })),
    grid: counts.map((_, index) => ({
      top: index * panel + TITLE,
      left: NAMES,
      right: VALUES,
      height: shown.length * ROW,
      outerBoundsMode: "none",
    })),
    ...axes(counts, shown, theme),
    ...bars(counts, shown, theme),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  const title = "Time until a program has its secrets";
  return describeSvg(svg, title, describe(counts, shown, rounds));
}

/** Each panel has its own scale: the values stand beside the bars. */
function axes(counts: number[], rows: Row[], theme: Theme): EChartsOption {
  return {
    xAxis: counts.map((_, gridIndex) => ({ gridIndex, type: "value", max: "dataMax", show: false })),
    yAxis: counts.map((_, gridIndex) => ({
      gridIndex,
      type: "category",
      inverse: true,
      data: rows.map(({ candidate }) => candidate),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        color: (name) => (name === THIS_LAYER ? theme.ours : theme.text),
        fontSize: FONT,
        lineHeight: FONT + 1,
        align: "right",
        formatter: inTwoLines,
        interval: 0,
      },
    })),
  };
}

/** "Go SDK, in parallel" at its comma, as a phone has no room for both beside a bar. */
function inTwoLines(name: string): string {
  return name.replace(/([,:]) /, "$1\n");
}

function bars(counts: number[], rows: Row[], theme: Theme): EChartsOption {
  return {
    series: counts.map((_, index) => ({
      type: "bar",
      xAxisIndex: index,
      yAxisIndex: index,
      barWidth: "55%",
      label: { show: true, position: "right", color: theme.text, fontSize: FONT, formatter: "{c} ms" },
      data: rows.map((row) => ({
        value: wallMs(row, index),
        itemStyle: { color: row.candidate === THIS_LAYER ? theme.ours : theme.bar },
      })),
    })),
  };
}

/** What the chart shows, for those who do not see it. */
function describe(counts: number[], rows: Row[], rounds: number): string {
  const panels = counts.map((count, index) => {
    const values = rows.map((row) => `${row.candidate} ${wallMs(row, index)} ms`);
    return `${describeCount(count)}: ${values.join("; ")}.`;
  });
  return [`Medians of ${rounds} rounds; of a handler, without its interpreter's own start.`, ...panels].join(" ");
}

function wallMs({ cells }: Row, index: number): number {
  return Math.round(cells.wallMs[index]?.median ?? Number.NaN);
}
