/** Lines of a table: a heading, a rule, the rows; each column as wide as its widest cell. */
export function formatTable(heading: string[], rows: string[][]): string[] {
  const widths = heading.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map(width)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - width(cell)))
      .join("   ")
      .trimEnd();
  return [line(heading), line(widths.map((wide) => "─".repeat(wide))), ...rows.map(line)];
}

function width(cell: string): number {
  return [...cell].length;
}
