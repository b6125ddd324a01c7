import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { describeUnless } from "../support/needs.ts";
import { packageTools } from "../support/package-tools.ts";
import { packedPackage } from "../support/packed-package.ts";
import { missingLayer } from "../support/trees.ts";

// It is packed before, except where only these tests run.
jest.setTimeout(1_200_000);

describeUnless(missingLayer, "the npm package, as packed,", () => {
  let tarball: string;
  let archive: string;
  let files: string[];
  let manifest: Record<string, Record<string, unknown> | undefined>;
  beforeAll(() => {
    ({ tarball, archive } = packedPackage());
    const list = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" });
    files = list
      .trim()
      .split("\n")
      .map((name) => name.replace("package/", ""));
    manifest = JSON.parse(execFileSync("tar", ["-xzOf", tarball, "package/package.json"], { encoding: "utf8" }));
  });

  it("has these files, and no source, test or source map", () => {
    const others = files.filter((name) => !name.startsWith("terraform/") && !name.startsWith("dist/types/"));
    expect(others.sort()).toEqual([
      "LICENSE",
      "README.md",
      "dist/THIRD-PARTY-LICENSES",
      "dist/cdk.cjs",
      "dist/cdk.mjs",
      "dist/cli.mjs",
      "dist/secrets-wrapper-arm64.zip",
      "dist/secrets-wrapper-live-arm64.zip",
      "dist/secrets-wrapper-live-x86_64.zip",
      "dist/secrets-wrapper-x86_64.zip",
      "package.json",
    ]);
    const types = files.filter((name) => name.startsWith("dist/types/"));
    expect(types).toEqual(
      expect.arrayContaining(["esm", "cjs"].map((format) => `dist/types/${format}/cdk/index.d.ts`)),
    );
    expect(types.filter((name) => !/^dist\/types\/(?:[\w/-]+\.d\.ts|cjs\/package\.json)$/.test(name))).toEqual([]);
  });

  it("has the Terraform module as its archive has it, which has the zips of the package beside it", () => {
    const archived = Object.entries(unzipSync(readFileSync(archive)));
    const contentOf = (name: string) =>
      execFileSync("tar", ["-xzOf", tarball, `package/${name}`], { maxBuffer: 1 << 28 });
    const inPackage = (name: string) => {
      if (name === "LICENSE") return name;
      return name.endsWith(".zip") ? `dist/${name}` : `terraform/${name}`;
    };
    for (const [name, content] of archived) {
      expect([name, contentOf(inPackage(name)).equals(content)]).toEqual([name, true]);
    }
    const names = archived.map(([name]) => inPackage(name));
    expect(names.filter((name) => name.endsWith(".zip"))).toHaveLength(4);
    expect(files.filter((name) => name.startsWith("terraform/")).sort()).toEqual(
      names.filter((name) => name.startsWith("terraform/")).sort(),
    );
  });

  it("needs no other package, and runs nothing where it is installed", () => {
    const { dependencies, optionalDependencies, bundleDependencies, peerDependencies = {}, scripts = {} } = manifest;
    expect({ dependencies, optionalDependencies, bundleDependencies }).toEqual({});
    expect(manifest.peerDependenciesMeta).toEqual(
      Object.fromEntries(Object.keys(peerDependencies).map((name) => [name, { optional: true }])),
    );
    const run = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"];
    expect(Object.keys(scripts).filter((name) => run.includes(name))).toEqual([]);
  });

  it("has the licences of the packages that are bundled", () => {
    const notices = execFileSync("tar", ["-xzOf", tarball, "package/dist/THIRD-PARTY-LICENSES"], { encoding: "utf8" });
    for (const name of ["commander", "@aws-sdk/client-secrets-manager", "zod"]) {
      expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+`, "m"));
    }
    expect(notices).toContain("Permission is hereby granted, free of charge");
    expect(notices).toContain("Apache License");
  });

  it.each([
    ["publint", ["--strict"]],
    ["attw", ["--no-color", "--no-emoji"]],
  ])("has nothing that %s objects to", (tool, options) => {
    const { status, stdout, stderr } = spawnSync(join(packageTools(), tool), [tarball, ...options], {
      encoding: "utf8",
    });
    expect({ status, output: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, output: "" });
  });
});
