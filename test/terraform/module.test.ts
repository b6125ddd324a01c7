import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { awsEnv } from "../support/moto.ts";
import { describeUnless, describeWith } from "../support/needs.ts";
import { copyOfTerraform, type Ended, missingProvider, terraform, terraformOutput } from "../support/terraform.ts";
import { DOCUMENTED_MODULES, terraformDocs } from "../support/terraform-docs.ts";
import { terraformTools } from "../support/tools.ts";

const MODULE = join(ROOT, "terraform");
const TESTS = readdirSync(join(MODULE, "tests")).filter((name) => name.endsWith(".tftest.hcl"));
/** So that nobody's own account could be asked. */
const NOWHERE = "http://127.0.0.1:9";
const SLOW_MS = 400_000;
const BUILD_MS = 600_000;

describeUnless(missingProvider(), "the Terraform module", () => {
  let module: string;
  let tested: Map<string, Ended>;
  beforeAll(async () => {
    module = copyOfTerraform();
    // For the runs that may fail for their architecture only.
    for (const name of ["layer-arm64.zip", "layer-x86_64.zip"]) writeFileSync(join(module, "tests", name), "");
    // As it comes with the module of a release.
    writeFileSync(join(module, "secrets-wrapper-live-arm64.zip"), "");
    await terraformOutput(module, ["init", "-backend=false"]);
    const test = (file: string) => terraform(module, ["test", `-filter=tests/${file}`], awsEnv(NOWHERE));
    tested = new Map(await Promise.all(TESTS.map(async (file) => [file, await test(file)] as const)));
  }, SLOW_MS);
  afterAll(() => rmSync(module, { recursive: true }));

  it("is formatted", async () => {
    expect(await terraform(MODULE, ["fmt", "-check", "-diff", "-recursive"])).toMatchObject({ status: 0, stdout: "" });
  });

  it("is valid", async () => {
    const { stdout } = await terraform(module, ["validate", "-json"]);
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, warning_count: 0 });
  });

  it("requires no newer Terraform than it needs: 1.9, and 1.11 for write-only arguments", () => {
    const files = readdirSync(MODULE, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith("versions.tf"),
    );
    const required = files.map((name) => [name, /">= (.*)"/.exec(readFileSync(join(MODULE, name), "utf8"))?.[1]]);
    const newer = required.filter(([, version]) => version !== "1.9");
    expect(files).toHaveLength(6);
    expect(newer).toEqual([[join("examples", "customer-managed-key", "versions.tf"), "1.11"]]);
  });

  it.each(TESTS)("holds what %s says", (file) => {
    const { status, stdout = "", stderr = "" } = tested.get(file) ?? {};
    expect({ status, output: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, output: "" });
  });
});

describeWith("go", "as its tools see it, the module", () => {
  let tools: string;
  beforeAll(() => {
    tools = terraformTools();
  }, BUILD_MS);

  it("has nothing that tflint objects to", () => {
    const { status, stdout } = spawnSync(
      join(tools, "tflint"),
      ["--recursive", `--config=${join(MODULE, ".tflint.hcl")}`],
      { cwd: MODULE, encoding: "utf8" },
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  });

  it.each(DOCUMENTED_MODULES)("%s has its inputs and outputs in its README: else, npm run docs", (module) => {
    const [program, args] = terraformDocs(module);
    expect(spawnSync(program, ["--output-check", ...args]).status).toBe(0);
  });
});
