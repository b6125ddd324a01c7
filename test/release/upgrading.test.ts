import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../../layer/paths.ts";

const DOCUMENT = join(ROOT, "docs", "upgrading.md");
const upgrading = readFileSync(DOCUMENT, "utf8");

it("names codes that messages have", () => {
  const codes = [...upgrading.matchAll(/`([A-Z][a-z]+(?:[A-Z][a-z]+)+)`/g)].map(([, code]) => code);
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  expect(codes.length).toBeGreaterThan(1);
  expect(codes.filter((code) => !readme.includes(`| \`${code}\` |`))).toEqual([]);
});

it("names paths of /opt that the layer has, and its links lead somewhere", () => {
  const layer = readFileSync(join(ROOT, "layer", "tree.ts"), "utf8");
  for (const [, name = ""] of upgrading.matchAll(/`\/opt\/(?:secrets-wrapper\/)?([\w.]+)`/g))
    expect(layer).toContain(name);
  const links = [...upgrading.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = ""]) => path);
  expect(links.filter((path) => !existsSync(join(dirname(DOCUMENT), path)))).toEqual([]);
});
