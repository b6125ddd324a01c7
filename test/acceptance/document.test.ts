import type { Deployed } from "../../acceptance/deployed.ts";
import { renderAcceptance } from "../../acceptance/document.ts";

const INIT: Deployed = {
  use: "init",
  function: "init",
  qualifier: "$LATEST",
  runtime: "nodejs22.x",
  architecture: "arm64",
  memory: 128,
  layer: true,
  snap_start: false,
};

const ACCEPTANCE = {
  date: "2026-12-01",
  version: "1.0.0",
  region: "eu-west-1",
  seen: [
    { name: "ruby3.4-arm64", deployed: { ...INIT, runtime: "ruby3.4" }, faults: [] },
    {
      name: "java21-x86_64",
      deployed: { ...INIT, runtime: "java21" },
      faults: ["TEXT is not set", "SECURE is not set"],
    },
  ],
  inits: [
    { deployed: { ...INIT, layer: false }, times: [150, 140, 160] },
    { deployed: INIT, times: [210, 190, 200] },
    // Nothing to compare it with.
    { deployed: { ...INIT, memory: 256 }, times: [100] },
  ],
  missing: ["dotnet (there is no dotnet here)"],
};

const rows = (document: string) =>
  [...document.matchAll(/^\| (.*) \|$/gm)].map(([, row = ""]) => row.split(" | ").map((cell) => cell.trim()));

it("says what each function has seen, and what is not there", () => {
  const document = renderAcceptance(ACCEPTANCE);
  expect(document).toContain("on 2026-12-01: secrets-wrapper 1.0.0 in eu-west-1");
  expect(document).toContain("Not deployed: dotnet (there is no dotnet here).");
  expect(rows(document)).toContainEqual(["ruby3.4-arm64", "ruby3.4", "arm64", "as expected"]);
  expect(rows(document)).toContainEqual(["java21-x86_64", "java21", "arm64", "TEXT is not set; SECURE is not set"]);
});

it("compares init with and without the layer by memory", () => {
  const document = renderAcceptance(ACCEPTANCE);
  const measured = rows(document).filter(([memory = ""]) => /^\d+$/.test(memory));
  expect(measured).toEqual([["128", "arm64", "150.0 (145.0–155.0)", "200.0 (195.0–205.0)", "50.0"]]);
  expect(document).toContain("of 3 cold starts");
});
