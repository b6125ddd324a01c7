import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { LAYER, ROOT } from "../../layer/paths.ts";
import { describeUnless } from "../support/needs.ts";
import { missingLayer } from "../support/trees.ts";

const DOCUMENT = join(ROOT, "docs", "upgrading.md");
const GRAMMAR = join("terraform", "modules", "references", "grammar.json");
const upgrading = readFileSync(DOCUMENT, "utf8");

it("names codes that messages have", () => {
  const codes = [...upgrading.matchAll(/`([A-Z][a-z]+(?:[A-Z][a-z]+)+)`/g)].map(([, code]) => code);
  const core = readdirSync(join(ROOT, "core"), { recursive: true, encoding: "utf8" });
  const files = core.filter((name) => name.endsWith(".ts")).map((name) => join("core", name));
  const sources = [...files, GRAMMAR].map((name) => readFileSync(join(ROOT, name), "utf8")).join("\n");
  expect(codes.length).toBeGreaterThan(1);
  expect(codes.filter((code) => !new RegExp(`\\bcode"?: "${code}"`).test(sources))).toEqual([]);
});

it("has links that lead somewhere", () => {
  const links = [...upgrading.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = ""]) => path);
  expect(links.length).toBeGreaterThan(1);
  expect(links.filter((path) => !existsSync(join(dirname(DOCUMENT), path)))).toEqual([]);
});

describeUnless(missingLayer, "of the layer's files", () => {
  it("names those that are there", () => {
    const paths = [...upgrading.matchAll(/`\/opt\/([\w./-]+)`/g)].map(([, path = ""]) => path);
    expect(paths).toHaveLength(3);
    expect(paths.filter((path) => !existsSync(join(LAYER, path)))).toEqual([]);
  });
});
