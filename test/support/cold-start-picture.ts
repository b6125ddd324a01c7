// The README's picture of a cold start, which Graphviz draws of docs/cold-start.dot.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { instance } from "@viz-js/viz";
import { describeSvg } from "../../bench/performance/describe-svg.ts";
import { ROOT } from "../../layer/paths.ts";
import { readDocument } from "./documents.ts";

/** Colours on a page's background, which shows through, by their names in the source. */
type Theme = Record<"TEXT" | "LINE" | "OURS", string>;

export const PICTURES: { name: string; theme: Theme }[] = [
  { name: "cold-start-light.svg", theme: { TEXT: "#1f2328", LINE: "#8c959f", OURS: "#0969da" } },
  { name: "cold-start-dark.svg", theme: { TEXT: "#f0f6fc", LINE: "#6e7681", OURS: "#4493f8" } },
];

export async function writePictures(): Promise<void> {
  for (const { name, theme } of PICTURES) writeFileSync(join(ROOT, "docs", name), await drawColdStart(theme));
}

export async function drawColdStart(theme: Theme): Promise<string> {
  const source = readDocument("docs", "cold-start.dot").replaceAll(
    /\b(?:TEXT|LINE|OURS)\b/g,
    (name) => `"${theme[name as keyof Theme]}"`,
  );
  const svg = (await instance()).renderString(source, { format: "svg" });
  // Without the prolog, and without the names of nodes, which a browser would show as tooltips.
  const image = svg.slice(svg.indexOf("<svg")).replaceAll(/<title>.*?<\/title>\n|<!--.*?-->\n/gs, "");
  return describeSvg(image, "A cold start", DESCRIPTION);
}

const DESCRIPTION =
  "Lambda's bootstrap starts /opt/wrapper, which becomes the engine with the fetcher. It gets all values from Secrets Manager and Parameter Store at once over TLS, and becomes the function's runtime by execve.";
