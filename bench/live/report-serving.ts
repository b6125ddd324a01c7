import { describe, median } from "../statistics.ts";
import { table } from "../table.ts";
import type { Section } from "./bench-live.ts";
import { CONNECTIONS, type Report } from "./load.ts";
import { ROUNDS, type Served, type Serving, WARM_UP_REQUESTS } from "./serving.ts";

export function reportServing({ cache, node, engine, memory }: Serving): Section {
  const rows = [cache, node, engine].map((served) => toRow(served, node));
  const count = sum(cache, "Requests").toLocaleString("en");
  const warmUp = WARM_UP_REQUESTS.toLocaleString("en");
  return {
    text: [
      `\`GET /secrets/NAME\`, ${count} requests to each through ${CONNECTIONS} connections, each answer compared byte for byte; median (middle half) of ${ROUNDS} rounds in turn:`,
      table(["", "Requests/s", "p50 (µs)", "p99 (µs)", "p99, ratio", "Wrong"], rows),
      `Resident memory of the live cache: ${memory.before.toFixed(1)} MB after its first ${warmUp} requests, ${memory.after.toFixed(1)} MB at the end.`,
    ].join("\n\n"),
    requirements: [
      { text: "p99: within 2 × of Node's own server", limit: 2, unit: "×", value: ratio(cache, node) },
      { text: "Answers that are wrong: none", limit: 0, unit: "", value: wrong(cache) },
      { text: "Resident memory while serving: at most 30 MB", limit: 30, unit: "MB", value: memory.after },
      {
        text: `Growth after ${warmUp} requests: at most 1 MB`,
        limit: 1,
        unit: "MB",
        value: memory.after - memory.before,
      },
    ],
  };
}

function toRow(served: Served, node: Served): string[] {
  const { name, reports } = served;
  const rates = reports.map(({ Requests, Seconds }) => Requests / Seconds);
  const [middle, tail] = (["P50", "P99"] as const).map((key) =>
    describe(
      reports.map((report) => report[key]),
      0,
    ),
  );
  return [
    name,
    describe(rates, 0),
    middle ?? "",
    tail ?? "",
    `${ratio(served, node).toFixed(2)} ×`,
    `${wrong(served)}`,
  ];
}

function ratio(one: Served, other: Served): number {
  const [ours, theirs] = [one, other].map(({ reports }) => median(reports.map(({ P99 }) => P99)));
  return Number(ours) / Number(theirs);
}

function wrong(served: Served): number {
  return sum(served, "Wrong") + sum(served, "Refused");
}

function sum({ reports }: Served, key: keyof Report): number {
  return reports.reduce((total, report) => total + report[key], 0);
}
