// What docs/cdk.md shows, as an app that is checked and synthesized as in a project of a user's.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { type Ended, run } from "./run.ts";

export type CdkApp = {
  /** Runs TypeScript's compiler, which writes nothing. */
  checkTypes(): Promise<Ended>;
  /** Gives the template of the only stack, and its assets: keys of the asset bucket, with the files to upload. */
  synthesize(): Promise<{ template: string; assets: Record<string, string> }>;
  remove(): void;
};

/** All code blocks of docs/cdk.md as one module. */
export function codeOfDocs(): string {
  const text = readFileSync(join(ROOT, "docs", "cdk.md"), "utf8");
  const blocks = Array.from(text.matchAll(/^```ts\n(.*?)^```$/gms), ([, block = ""]) => block);
  return blocks.join("\n").replace('"lambda-secrets-wrapper"', JSON.stringify(join(ROOT, "cdk", "index.ts")));
}

/** An app of this code, with a folder `function`. */
export function makeCdkApp(code: string): CdkApp {
  const folder = mkdtempSync(join(tmpdir(), "cdk-"));
  const output = join(folder, "cdk.out");
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "function"));
  const files = {
    "package.json": { type: "module" },
    "tsconfig.json": { extends: join(ROOT, "tsconfig.json"), include: ["app.ts"] },
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
  writeFileSync(join(folder, "function", "app.py"), "");
  writeFileSync(join(folder, "app.ts"), code);

  async function synthesize() {
    // CDK's command line starts an app in its folder and says where the result goes.
    const script = `process.chdir(${JSON.stringify(folder)}); await import(${JSON.stringify(join(folder, "app.ts"))})`;
    const args = ["--import", "tsx", "--input-type=module", "--eval", script];
    const { status, stderr } = await run(process.execPath, args, { ...ENV, CDK_OUTDIR: output });
    if (status !== 0) throw new Error(stderr);
    const [name = ""] = readdirSync(output).filter((file) => file.endsWith(".template.json"));
    return { template: readFileSync(join(output, name), "utf8"), assets: assetsIn(output) };
  }

  return {
    checkTypes: () => run(process.execPath, [join(ROOT, "node_modules", ".bin", "tsc"), "--project", folder], ENV),
    synthesize,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

type AssetManifest = {
  files: Record<string, { source: { path: string }; destinations: Record<string, { objectKey: string }> }>;
};

function assetsIn(output: string): Record<string, string> {
  const [name = ""] = readdirSync(output).filter((file) => file.endsWith(".assets.json"));
  const { files }: AssetManifest = JSON.parse(readFileSync(join(output, name), "utf8"));
  const assets = Object.values(files).flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ objectKey }) => [objectKey, join(output, source.path)]),
  );
  return Object.fromEntries(assets);
}

const ENV = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" };
