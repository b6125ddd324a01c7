// Imports nothing else of the fetcher's at run time: what two parts share, the bundle would make a third of.

import type { PlannedEntry } from "../core/config/plan.ts";
import type { Fault } from "../core/fault/fault.ts";
import type { FetchResult } from "../core/sources/fetch-all.ts";
import type { Value } from "../core/values/encode.ts";
import type { SecretFile } from "../core/values/secret-file.ts";
import type { Environment, Skipped } from "../core/values/variables.ts";

/** An entry, what asking for it gave, and what it alone would make of the environment. */
export type Checked = PlannedEntry & { outcome: FetchResult | undefined } & Environment & {
    skipped: Skipped[];
    faults: Fault[];
  };

/** A table of what is there and what is not; of a value nothing but its size. */
export function formatCheck(checked: Checked[]): string {
  const rows = [HEADING, ...checked.flatMap(toRows).map((row) => row.map(printable))];
  const widths = HEADING.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return `${[...lines, ...describeRotation(checked)].join("\n")}\n`;
}

/** The same as a JSON list with an object for each row, without the cells that are empty. */
export function formatCheckAsJson(checked: Checked[]): string {
  const rows = checked.flatMap(toRows).map((row) => {
    const cells = HEADING.map((name, column) => [name.toLowerCase(), row[column] ?? ""] as const);
    return Object.fromEntries(cells.filter(([, cell]) => cell !== ""));
  });
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}

/** RDS User Guide, "Password management with Amazon RDS and AWS Secrets Manager". */
function describeRotation(checked: Checked[]): string[] {
  const managed = checked.filter(({ entry, outcome }) => outcome?.ok && /(?:^|:secret:)rds!/.test(entry.reference.id));
  if (managed.length === 0) return [];
  const subjects = managed.map(({ entry }) => printable(entry.subject)).join(", ");
  return [
    "",
    `${subjects}: RDS changes this password every seven days by default, and a running environment keeps that of its start. Set a longer schedule, or replace the environments after each rotation.`,
  ];
}

const HEADING = ["VARIABLE", "SOURCE", "VERSION", "CREATED", "TYPE", "BYTES", "RESULT"];

function toRows({ entry, outcome, variables, files, skipped, faults }: Checked): string[][] {
  const source = sourceOf(entry);
  const [fault] = faults;
  if (fault) return [[entry.subject, source, "", "", "", "", fault.code]];
  const about = describe(outcome);
  const left = skipped.map(({ name, cause: problem }) => [name, source, ...about, "", `skipped: ${problem.code}`]);
  if (variables.size + skipped.length === 0) return [[entry.subject, source, ...about, "", "not found, optional"]];
  const isThere = outcome?.ok ?? false;
  const found = [...variables].map(([name, value]) => {
    const contents = files.length > 0 ? files.flatMap(contentsOf) : [value];
    const bytes = contents.reduce((sum, content) => sum + Buffer.byteLength(content), 0);
    const result = isThere ? "found" : "not found, default used";
    return [name, source, ...about, String(bytes), result];
  });
  return [...found, ...left];
}

function contentsOf({ content }: SecretFile): Value[] {
  if (content instanceof Map) return [...content.values()];
  return content === undefined ? [] : [content];
}

function sourceOf({ reference, key }: PlannedEntry["entry"]): string {
  const id = reference.kind === "secret" ? reference.id : `ssm:${reference.id}`;
  return key === undefined ? id : `${id}:${key}`;
}

function describe(outcome: Checked["outcome"]): [version: string, created: string, type: string] {
  if (!outcome?.ok || outcome.value.kind === "parameters") return ["", "", ""];
  const { version = "", created, type, kind } = outcome.value;
  return [version, created?.toISOString().slice(0, 19) ?? "", type ?? kind];
}

/** What could break the line, or steer a terminal, comes out escaped. */
function printable(cell: string): string {
  return /\p{Cc}/u.test(cell) ? JSON.stringify(cell) : cell;
}
