/** A licence's text, and what is under it: names with versions. */
export type License = { names: string[]; text: string };

/** Each licence once, under the names of all that it is for. `whole` is what has all of them. */
export function renderLicenses(whole: string, licenses: License[]): string {
  const sections = groupByText(licenses).map(({ names, text }) => `${RULE}\n${names.join("\n")}\n\n${text}\n`);
  return [`${whole} contains the work of others, under these licences.\n`, ...sections].join("\n");
}

const RULE = "=".repeat(80);

function groupByText(licenses: License[]): License[] {
  const grouped = new Map<string, string[]>();
  for (const { names, text } of licenses) {
    const key = text
      .replaceAll("\r", "")
      .replace(/^\s*\n/, "")
      .trimEnd();
    grouped.set(key, [...(grouped.get(key) ?? []), ...names]);
  }
  const unsorted = [...grouped].map(([text, names]) => ({ names: [...new Set(names)].sort(), text }));
  return unsorted.sort((one, other) => compare(one.names.join(), other.names.join()) || compare(one.text, other.text));
}

/** By code units, whatever the machine's language is. */
function compare(one: string, other: string): number {
  return Number(one > other) - Number(one < other);
}
