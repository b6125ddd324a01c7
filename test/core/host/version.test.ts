import { readFileSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "../../../core/host/version.ts";
import { ROOT } from "../../../layer/paths.ts";

const text = (...path: string[]) => readFileSync(join(ROOT, ...path), "utf8");

it("is the package's, the engine's and the Terraform module's", () => {
  expect(JSON.parse(text("package.json")).version).toBe(VERSION);
  expect(text("engine", "Cargo.toml")).toContain(`\nversion = "${VERSION}"\n`);
  expect(text("terraform", "modules", "layer", "main.tf")).toContain(`"secrets-wrapper ${VERSION}: `);
});
