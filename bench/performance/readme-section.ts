import { mainRun, type Results } from "../start/results.ts";

const SECTION = /(<!-- BEGIN PERFORMANCE -->\n).*(<!-- END PERFORMANCE -->)/s;

/** The README with the chart between its markers. Throws where these are not there. */
export function withReadmeSection(readme: string, results: Results): string {
  if (!SECTION.test(readme)) throw new Error("the README has no markers for the section of performance");
  return readme.replace(SECTION, (_, begin, end) => `${begin}${section(results)}\n${end}`);
}

function section(results: Results): string {
  const { counts, rounds } = mainRun(results);
  return `<picture>
  <source media="(prefers-color-scheme: dark)" srcset="./docs/bench-dark.svg">
  <img src="./docs/bench-light.svg" alt="Milliseconds until a program has ${counts.join(", ")} secrets, by candidate">
</picture>

From the process's start until the program runs with its secrets, or until a handler has them (without its interpreter's own start): medians of ${rounds} rounds on one machine, with a server that takes ${results.latencyMs} ms for each answer over TLS; a function with little memory has a fraction of a processor, and takes longer. [docs/performance.md](docs/performance.md) has the figures, processor time, memory, sizes, round trips and shares of a processor, what the layer is to reach, and how to measure it.`;
}
