import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { grammar } from "../core/config/grammar.ts";
import { USAGE } from "../fetcher/usage.ts";
import { ROOT } from "../layer/paths.ts";
import { parseSecrets } from "./core/parse-secrets.ts";
import { describeWith } from "./support/needs.ts";
import { allProblems } from "./support/problems.ts";
import { examplesOfSecrets } from "./support/readme.ts";

const text = (...path: string[]) => readFileSync(join(ROOT, ...path), "utf8");

const files = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const SOURCES = ["core", "fetcher"].flatMap((folder) => files(folder).map((name) => join(folder, name)));

const GRAMMAR = join("terraform", "modules", "references", "grammar.json");

it("has every code of the program in its table of failures, and no other", () => {
  const sources = [...SOURCES, GRAMMAR].map((name) => text(name));
  const codes = sources.flatMap((source) => [...source.matchAll(/\bcode"?: "(\w+)"/g)].map(([, code]) => code));
  const documented = [...text("README.md").matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code);
  const table = documented.filter((code) => !/^(?:SECRETS|AWS)_/.test(String(code)));
  expect(table.sort()).toEqual([...new Set(codes)].sort());
});

describeWith("openssl", "its table of failures", () => {
  const causes = allProblems();

  it.each(rowsOfFailures())("has the program's own words for %s", async (code, cell) => {
    const own = (await causes).filter((cause) => cause.code === code).map(({ cause }) => cause);
    // Alternatives stand between " / "; "…" is what differs.
    const documented = cell.split(" / ").map(toPattern);
    for (const pattern of documented) expect(own).toContainEqual(expect.stringMatching(pattern));
    for (const cause of own) expect(documented.filter((pattern) => pattern.test(cause))).not.toEqual([]);
  });
});

function rowsOfFailures(): [code: string, cell: string][] {
  const table = text("README.md").split("| Code |")[1]?.split("## ")[0] ?? "";
  return [...table.matchAll(/^\| `(\w+)` \| ([^|]*) \|/gm)].map(([, code = "", cell = ""]) => [code, cell]);
}

function toPattern(words: string): RegExp {
  const literal = words.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(literal.join(".*"));
}

it("has every setting; the text of --help has those of the wrapper, docs/live-cache.md the others", () => {
  const settings = text("README.md").split("## Other settings")[1]?.split("\n## ")[0] ?? "";
  const ofCache = ["SECRETS_CACHE_SIZE", "SECRETS_MAX_STALE", "SECRETS_PORT", "SECRETS_TTL"];
  for (const name of grammar.ownNames.filter((name) => name !== "SECRETS")) {
    expect(settings).toMatch(new RegExp(`^\\| .*\`${name}\`.* \\|`, "m"));
    if (ofCache.includes(name)) expect(text("docs/live-cache.md")).toContain(`| \`${name}\` |`);
    else expect(USAGE).toMatch(new RegExp(`^  ${name} `, "m"));
  }
});

it("has every option of an entry in the table of SECRETS", () => {
  const secrets = text("README.md").split("## SECRETS")[1]?.split("### Rules")[0];
  for (const { name } of grammar.options) expect(secrets).toContain(`"${name}":`);
});

it.each(examplesOfSecrets())("has an example of SECRETS that is right: %s", (example) => {
  expect(parseSecrets(`{${example}}`).faults).toEqual([]);
});

describe("ARCHITECTURE.md", () => {
  const architecture = text("ARCHITECTURE.md");

  it.each([...new Set(SOURCES.map((name) => dirname(name)))])(
    "has a row for each file of %s/, and no other",
    (folder) => {
      const [, section = ""] = architecture.split(`## ${folder}/\n`);
      // A section ends at the next heading; the first cell of a row has names, and nothing else.
      const cells = [...(section.split(/^#/m)[0] ?? "").matchAll(/^\| (`[^|]*`) \|/gm)].map(([, cell = ""]) => cell);
      const documented = cells.flatMap((cell) => cell.split(", ")).map((name) => name.replaceAll("`", ""));
      const sources = SOURCES.filter((name) => dirname(name) === folder).map((name) => basename(name, ".ts"));
      expect(documented.sort()).toEqual(sources.sort());
    },
  );
});

describe("docs/claims.md", () => {
  const claims = text("docs", "claims.md");
  const rows = [...claims.matchAll(/^\| (?!\*\*|Claim|---)(.*) \| (.*) \|$/gm)].map(([, claim, cell]) => [claim, cell]);

  it("is a table of claims under headings of the README", () => {
    const headings = [...claims.matchAll(/^\| \*\*(.*)\*\* \|/gm)].map(([, heading]) => heading);
    const sections = [...text("README.md").matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
    expect(rows.length).toBeGreaterThan(20);
    expect(headings.filter((heading) => !["Introduction", "Terraform", ...sections].includes(heading))).toEqual([]);
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
