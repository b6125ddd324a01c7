import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { grammar } from "../core/config/grammar.ts";
import { USAGE } from "../fetcher/usage.ts";
import { ROOT } from "../layer/paths.ts";
import { parseSecrets } from "./core/parse-secrets.ts";
import { examplesIn, SECRETS_PAGE, sectionOf } from "./support/documents.ts";

const text = (...path: string[]) => readFileSync(join(ROOT, ...path), "utf8");

const files = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const SOURCES = ["core", "fetcher"].flatMap((folder) => files(folder).map((name) => join(folder, name)));

it("docs/secrets.md has every setting; the text of --help has those of the wrapper, docs/live-cache.md the others", () => {
  const settings = sectionOf(SECRETS_PAGE, "## Settings");
  const ofCache = ["SECRETS_CACHE_SIZE", "SECRETS_MAX_STALE", "SECRETS_PORT", "SECRETS_TTL"];
  for (const name of grammar.ownNames.filter((name) => name !== "SECRETS")) {
    expect(settings).toMatch(new RegExp(`^\\| .*\`${name}\`.* \\|`, "m"));
    if (ofCache.includes(name)) expect(text("docs/live-cache.md")).toContain(`| \`${name}\` |`);
    else expect(USAGE).toMatch(new RegExp(`^  ${name} `, "m"));
  }
});

it("docs/secrets.md has every option of an entry, and an example of it", () => {
  const options = sectionOf(SECRETS_PAGE, "## Options");
  for (const { name } of grammar.options) {
    expect(options).toContain(`| \`${name}\` |`);
    expect(SECRETS_PAGE).toContain(`"${name}":`);
  }
});

it.each(examplesIn(SECRETS_PAGE))("docs/secrets.md has an example that is right: %s", (example) => {
  expect(parseSecrets(`{${example}}`).faults).toEqual([]);
});

describe("ARCHITECTURE.md", () => {
  const architecture = text("ARCHITECTURE.md");
  const documentedSources = [...SOURCES, ...files("layer").map((name) => join("layer", name))];

  it.each([...new Set(documentedSources.map((name) => dirname(name)))])(
    "has a row for each file of %s/, and no other",
    (folder) => {
      const [, section = ""] = architecture.split(`## ${folder}/\n`);
      // A section ends at the next heading; the first cell of a row has names, and nothing else.
      const cells = [...(section.split(/^#/m)[0] ?? "").matchAll(/^\| (`[^|]*`) \|/gm)].map(([, cell = ""]) => cell);
      const documented = cells.flatMap((cell) => cell.split(", ")).map((name) => name.replaceAll("`", ""));
      const sources = documentedSources.filter((name) => dirname(name) === folder).map((name) => basename(name, ".ts"));
      expect(documented.sort()).toEqual(sources.sort());
    },
  );
});

describe("docs/claims.md", () => {
  const claims = text("docs", "claims.md");
  const rows = [...claims.matchAll(/^\| (?!\*\*|Claim|---)(.*) \| (.*) \|$/gm)].map(([, claim, cell]) => [claim, cell]);

  it("is a table of claims", () => {
    expect(rows.length).toBeGreaterThan(20);
  });

  it.each(rows)("names tests that are there, as they are called: %s", (_, cell = "") => {
    for (const test of cell.split(", ")) {
      const [, name = "", path = ""] = /^\[(\S+)\]\(\.\.\/(\S+)\)$/.exec(test) ?? [];
      expect([name, `test/${name}`]).toContain(path);
      expect(path).toMatch(/\.test\.ts$|^engine\/tests\/\w+\.rs$/);
      expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
    }
  });
});
