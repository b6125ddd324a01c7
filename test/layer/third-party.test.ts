import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { DIST, LAYER, LIVE_LAYER, ROOT } from "../../layer/paths.ts";
import { describeUnless } from "../support/needs.ts";
import { missingLayer } from "../support/trees.ts";

type Bom = {
  metadata: { component: { "bom-ref": string } };
  components: { "bom-ref": string; name: string; version: string; group?: string; scope?: string }[];
  dependencies: { ref: string; dependsOn?: string[] }[];
};

const SCHEMAS = join(ROOT, "node_modules", "@cyclonedx", "cyclonedx-library", "res", "schema");
const ZIPS = ["x86_64", "arm64", "live-x86_64", "live-arm64"].map((name) => `secrets-wrapper-${name}`);

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8"));
const readBom = (zip: string): Bom => readJson(DIST, `${zip}.cdx.json`);
const readLicenses = (layer: string) => readFileSync(join(layer, "secrets-wrapper", "THIRD-PARTY-LICENSES"), "utf8");

describeUnless(missingLayer, "THIRD-PARTY-LICENSES", () => {
  it.each([
    ["npm packages", /^@smithy\/core \d/m],
    ["an npm package with its notice in a source", /^Copyright 2008 Google Inc\./m],
    ["LLRT's modules", /^llrt_crypto \d/m],
    ["QuickJS", /Copyright \(c\) 2017-\d+ Fabrice Bellard/],
    ["mimalloc", /Copyright \(c\) 2018-\d+ Microsoft Corporation/],
    ["what ring has of others", /fiat-crypto authors/],
    ["Mozilla's list of authorities", /^webpki-roots \d/m],
    ["Rust's library", /The Rust Project Developers/],
    ["musl", /Copyright © 2005-2020 Rich Felker/],
  ])("has the notice of %s", (_, notice) => {
    expect(readLicenses(LAYER)).toMatch(notice);
    expect(readLicenses(LIVE_LAYER)).toMatch(notice);
  });

  it("names all that the SBOM lists", () => {
    const lines = new Set(readLicenses(LAYER).split("\n"));
    const others = readBom("secrets-wrapper-x86_64").components.filter(({ name }) => name !== "engine");
    const names = others.map(({ group, name, version }) => `${group ? `${group}/` : ""}${name} ${version}`);
    expect(names.filter((name) => !lines.has(name))).toEqual([]);
  });
});

describeUnless(missingLayer, "the SBOM", () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  for (const name of ["spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json"])
    ajv.addSchema(readJson(SCHEMAS, name), `http://cyclonedx.org/schema/${name}`);
  const validate = ajv.compile(readJson(SCHEMAS, "bom-1.5.SNAPSHOT.schema.json"));

  it.each(ZIPS)("of %s is valid, and the same whenever and wherever it is made", (zip) => {
    const bom = readBom(zip);
    expect([validate(bom), validate.errors]).toEqual([true, null]);
    expect(bom).not.toHaveProperty("serialNumber");
    expect(bom).not.toHaveProperty("metadata.timestamp");
    expect(JSON.stringify(bom)).not.toMatch(/\/tmp\/|\/home\/|\/root\//);
  });

  it.each(ZIPS)("of %s leads from the zip to every component", (zip) => {
    const { components, dependencies } = readBom(zip);
    const edges = new Map(dependencies.map(({ ref, dependsOn = [] }) => [ref, dependsOn]));
    const found = new Set([`${zip}.zip`]);
    for (const ref of found) for (const next of edges.get(ref) ?? []) found.add(next);
    expect(components.map((component) => component["bom-ref"]).filter((ref) => !found.has(ref))).toEqual([]);
  });

  it("has what is in a layer alone: no tools, nothing of another architecture", () => {
    const names = (zip: string) => readBom(zip).components.map(({ name }) => name);
    const plain = names("secrets-wrapper-x86_64");
    expect(plain).toEqual(expect.arrayContaining(["client-secrets-manager", "engine", "llrt_fs", "rquickjs-sys"]));
    for (const name of ["esbuild", "jest", "cc", "rcgen", "serde", "httpdate"]) expect(plain).not.toContain(name);
    expect(names("secrets-wrapper-live-x86_64")).toContain("httpdate");
  });
});
