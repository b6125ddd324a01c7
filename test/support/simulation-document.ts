import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toTable } from "../../bench/storm/report.ts";
import { simulateStorms } from "../../bench/storm/storm.ts";
import { ROOT } from "../../layer/paths.ts";

const DOCUMENT = join(ROOT, "docs", "retries.md");
const BEGIN = "<!-- BEGIN SIMULATION -->\n";
const END = "<!-- END SIMULATION -->";

/** Puts the simulation's table into docs/retries.md. */
export async function writeSimulation(): Promise<void> {
  writeFileSync(
    DOCUMENT,
    readSimulation().replace(`${BEGIN}${END}`, `${BEGIN}${toTable(await simulateStorms())}\n${END}`),
  );
}

/** The document without its table. */
function readSimulation(): string {
  const text = readFileSync(DOCUMENT, "utf8");
  const [before = "", rest = ""] = text.split(BEGIN);
  return `${before}${BEGIN}${rest.slice(rest.indexOf(END))}`;
}

/** The table that docs/retries.md has. */
export function documentedSimulation(): string {
  const [, rest = ""] = readFileSync(DOCUMENT, "utf8").split(BEGIN);
  return rest.slice(0, rest.indexOf(END)).trim();
}
