import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { LAYER, LAYER_ZIP, LIVE_LAYER, LIVE_LAYER_ZIP } from "../../layer/paths.ts";
import { describeUnless } from "../support/needs.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { missingLayer } from "../support/trees.ts";

const PARTS = [
  "check-options",
  "check-table",
  "chunk",
  "chunk",
  "chunk",
  "chunk",
  "explain",
  "fetch-outcomes",
  "fetcher",
  "json-error",
  "parameter-store",
  "misspelt",
  "usage",
  "proxy",
  "write-files",
  "x509-svid",
  "yaml",
];
const LICENSES = "secrets-wrapper/THIRD-PARTY-LICENSES";
const FILES = [
  ...PARTS.map((part) => `secrets-wrapper/${part}.qbc`),
  "secrets-wrapper/engine",
  LICENSES,
  "wrapper",
].sort();
const MB = 1 << 20;

function filesOf(layer: string): string[] {
  const found = readdirSync(layer, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return found.map(({ parentPath, name }) => join(parentPath, name).slice(layer.length + 1)).sort();
}

function modeOf(name: string): string {
  return name.endsWith(".qbc") || name === LICENSES ? "644" : "755";
}

/** Without the hash that esbuild gives to what parts share, or load where they need it. */
function stems(names: string[]): string[] {
  return names.map((name) => name.replace(/-[0-9A-Z]{8}(?=\.qbc$)/, "")).sort();
}

describeUnless(missingLayer, "the layer", () => {
  it("has the wrapper, the engine, the parts of the fetcher and the licences of others, of at most 10 MB", () => {
    expect(stems(filesOf(LAYER))).toEqual(FILES);
    const bytes = filesOf(LAYER).reduce((bytes, name) => bytes + statSync(join(LAYER, name)).size, 0);
    expect(bytes).toBeLessThan(10 * MB);
  });

  it("can be run and read by any user", () => {
    for (const name of filesOf(LAYER)) {
      const mode = (statSync(join(LAYER, name)).mode & 0o777).toString(8);
      expect([name, mode]).toEqual([name, modeOf(name)]);
    }
  });
});

describeUnless(missingLayer, "the layer for Lambda", () => {
  it("holds an engine that needs no library of the machine's", () => {
    const headers = execFileSync("readelf", [
      "--program-headers",
      "--dynamic",
      join(LAYER, "secrets-wrapper", "engine"),
    ]);
    expect(String(headers)).not.toMatch(/INTERP|NEEDED/);
  });

  it("is in the zip, file for file, in at most 3 MB", () => {
    const zip = readFileSync(LAYER_ZIP);
    expect(zip.length).toBeLessThan(3 * MB);
    const files = unzipSync(zip);
    expect(Object.keys(files).sort()).toEqual(filesOf(LAYER));
    for (const name of filesOf(LAYER))
      expect(Buffer.from(files[name] ?? []).equals(readFileSync(join(LAYER, name)))).toBe(true);
  });
});

describeUnless(missingLayer, "the layer with the live cache", () => {
  let files: string[];
  beforeAll(() => {
    files = filesOf(LIVE_LAYER);
  });

  it("has one file for Lambda to start, besides what the other has", () => {
    expect(files.filter((name) => name.startsWith("extensions/"))).toEqual(["extensions/secrets-wrapper"]);
    for (const name of [
      "wrapper",
      "secrets-wrapper/engine",
      "secrets-wrapper/fetcher.qbc",
      "secrets-wrapper/cache/cache.qbc",
      LICENSES,
    ])
      expect(files).toContain(name);
    for (const name of files) {
      const mode = (statSync(join(LIVE_LAYER, name)).mode & 0o777).toString(8);
      expect([name, mode]).toEqual([name, modeOf(name)]);
    }
  });

  it("is in its zip, file for file, in at most 4.5 MB", () => {
    const zip = readFileSync(LIVE_LAYER_ZIP);
    expect(zip.length).toBeLessThan(4.5 * MB);
    const zipped = unzipSync(zip);
    expect(Object.keys(zipped).sort()).toEqual([...files].sort());
    for (const name of files)
      expect(Buffer.from(zipped[name] ?? []).equals(readFileSync(join(LIVE_LAYER, name)))).toBe(true);
  });

  it.each(["x-aws-parameters-secrets-token", "/outcomes", "/2020-01-01/extension/"])(
    "has what the other has nothing of: %s",
    (text) => {
      const holds = (folder: string, names: string[]) =>
        names.some((name) => readFileSync(join(folder, name)).includes(text));
      expect([holds(LIVE_LAYER, files), holds(LAYER, filesOf(LAYER))]).toEqual([true, false]);
    },
  );
});

describeUnless(missingLayer, "unpacked anywhere", () => {
  const folder = mkdtempSync(join(tmpdir(), "any where "));
  let store: Store;
  beforeAll(async () => {
    cpSync(LAYER, folder, { recursive: true });
    store = await startStore({ a: "value" });
  });
  afterAll(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });

  it("loads six of its parts where entries are plain", async () => {
    const minimal = join(folder, "minimal layer");
    cpSync(LAYER, minimal, { recursive: true });
    const parts = filesOf(minimal).filter((name) => name.endsWith(".qbc"));
    const needed = parts.filter((name) => /\/(?:fetcher|fetch-outcomes|chunk)[-.]/.test(name));
    expect(needed).toHaveLength(6);
    for (const part of parts) if (!needed.includes(part)) rmSync(join(minimal, part));
    const ended = await run(join(minimal, "wrapper"), ["printenv", "A"], lambdaEnv(store.url, { A: "a" }));
    expect(ended).toMatchObject({ status: 0, stdout: Buffer.from("value\n"), stderr: "" });
  });

  it("works by its path, and by its name in PATH", async () => {
    const env = lambdaEnv(store.url, { A: "a" });
    const show = ["sh", "-c", 'printf %s "$A"'];
    expect(String((await run(join(folder, "wrapper"), show, env)).stdout)).toBe("value");
    const path = { ...env, PATH: `${folder}:${env.PATH}` };
    expect(String((await run("/bin/sh", ["-c", 'exec wrapper "$@"', "sh", ...show], path)).stdout)).toBe("value");
  });
});
