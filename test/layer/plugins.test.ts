import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { ROOT } from "../../layer/paths.ts";
import {
  dropDefaults,
  externalizeStandalone,
  keepVersion,
  replaceHexTables,
  resolvePlugin,
} from "../../layer/plugins.ts";

const folder = mkdtempSync(join(tmpdir(), "plugins-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function bundle(source: string, plugin: Plugin): Promise<string> {
  const entry = join(folder, "entry.ts");
  writeFileSync(entry, source);
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "silent",
    plugins: [plugin],
  });
  return outputFiles.map(({ text }) => text).join("");
}

describe("a build fails, with the name of the plugin, where", () => {
  it.each([dropDefaults, replaceHexTables, externalizeStandalone("x")])("$name matches no import", (plugin) =>
    expect(bundle("export {}", plugin)).rejects.toThrow(`${plugin.name}: no import matches`),
  );

  it("one of a plugin's filters matches none", () => {
    const plugin = resolvePlugin("two", [/^a$/, /^b$/], ({ path }) => ({ path, external: true }));
    return expect(bundle('import "a"', plugin)).rejects.toThrow("two: no import matches /^b$/");
  });

  it("a module that is to stand alone is imported like any other", () => {
    writeFileSync(join(folder, "alone.ts"), "export const a = 1");
    return expect(bundle('import "./alone.ts"', externalizeStandalone("alone"))).rejects.toThrow(
      "externalize-standalone: no import matches",
    );
  });
});

it("leaves a module that stands alone beside the bundle", async () => {
  const source = await bundle('import("./alone.ts")', externalizeStandalone("alone"));
  expect(source).toContain('import("./alone.mjs")');
});

it("a client's package.json is its version alone", async () => {
  const path = join(ROOT, "node_modules", "@aws-sdk", "client-ssm", "package.json");
  const source = `import packageInfo from ${JSON.stringify(path)}; console.log(packageInfo)`;
  const text = await bundle(source, keepVersion);
  expect(text).toMatch(/version: "\d+\.\d+\.\d+"/);
  expect(text).not.toContain("description");
});
