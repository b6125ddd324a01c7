import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../layer/paths.ts";

const text = (...path: string[]) => readFileSync(join(ROOT, ...path), "utf8");

const files = (folder: string) => readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(".ts"));

it("has every code of the program in its table of failures, and no other", () => {
  const sources = files("fetcher").map((name) => text("fetcher", name));
  const codes = sources.flatMap((source) => [...source.matchAll(/\bcode: "(\w+)"/g)].map(([, code]) => code));
  const documented = [...text("README.md").matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code);
  const table = documented.filter((code) => !/^(?:SECRETS|AWS)_/.test(String(code)));
  expect(table.sort()).toEqual([...new Set(codes)].sort());
});

it("has every option of an entry in the table of SECRETS", () => {
  const secrets = text("README.md").split("## SECRETS")[1]?.split("### Rules")[0];
  for (const option of ["secret", "parameter", "key", "optional", "default", "encoding", "file", "mode"])
    expect(secrets).toContain(`"${option}":`);
});

it("is joined by an ARCHITECTURE.md that names every file of the fetcher", () => {
  const architecture = text("ARCHITECTURE.md");
  for (const name of files("fetcher")) expect(architecture).toContain(`\`${name.slice(0, -3)}\``);
});
