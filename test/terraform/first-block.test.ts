import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { LAYER_ZIP, ROOT } from "../../layer/paths.ts";
import { PRINT_ENVIRON, parseEnviron } from "../support/environ.ts";
import { type Ministack, startMinistack } from "../support/ministack.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { missingForRoot } from "../support/root.ts";
import { run } from "../support/run.ts";
import { copyOfTerraform, missingProvider, terraformOutput } from "../support/terraform.ts";
import { WRAPPER } from "../support/trees.ts";

jest.setTimeout(600_000);

// What a user copies first: applied, and its function's own variables, layer and role start the layer.

const [, BLOCK = ""] = /^```hcl\n(.*?)^```$/ms.exec(readFileSync(join(ROOT, "terraform", "README.md"), "utf8")) ?? [];

describeUnless(missingForRoot() ?? missingProgram(["python3"]) ?? missingProvider(), "the README's first block", () => {
  let aws: Ministack;
  let folder: string;
  let resources: Map<string, Record<string, unknown>>;
  beforeAll(async () => {
    aws = await startMinistack();
    await aws.store(STORED);
    folder = mkdtempSync(join(tmpdir(), "terraform-first-"));
    copyOfTerraform(join(folder, "secrets-wrapper", "terraform"));
    mkdirSync(join(folder, "secrets-wrapper", "dist"));
    copyFileSync(LAYER_ZIP, join(folder, "secrets-wrapper", "dist", "secrets-wrapper-x86_64.zip"));
    writeFileSync(
      join(folder, "function.zip"),
      zipSync({ "app.py": Buffer.from("def handler(event, context): pass") }),
    );
    writeFileSync(
      join(folder, "main.tf"),
      BLOCK.replace(TRUSTED, `${TRUSTED}, AWS = "arn:aws:iam::000000000000:root"`),
    );
    await terraformOutput(folder, ["init"], aws.env);
    await terraformOutput(folder, ["apply", "-auto-approve"], aws.env);
    resources = resourcesOf(JSON.parse(await terraformOutput(folder, ["show", "-json"], aws.env)));
  });
  afterAll(() => {
    aws.stop();
    rmSync(folder, { recursive: true });
  });

  it("gives the function the layer that was published, of the zip as it was built", () => {
    const layer = resources.get('module.layer.aws_lambda_layer_version.this["x86_64"]');
    expect(resources.get("aws_lambda_function.this")?.layers).toEqual([layer?.arn]);
    expect(layer?.arn).toMatch(/:layer:secrets-wrapper-x86_64:1$/);
    expect(layer?.code_sha256).toBe(createHash("sha256").update(readFileSync(LAYER_ZIP)).digest("base64"));
  });

  it("starts the layer with the function's variables and the role's own permissions", async () => {
    const { status, stdout, stderr } = await start(variables());
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/2 variables from 2 secrets/) });
    const found = parseEnviron(stdout);
    const values = ["DB_PASSWORD", "API_TOKEN", "LOG_LEVEL"].map((name) => found.get(name)?.toString());
    expect(values).toEqual(["password-value", "token-value", "info"]);
  });

  it("allows nothing else to be read, and the log to be written", async () => {
    const { status, stderr } = await start({ ...variables(), SECRETS: '{"OTHER": "prod/db-other"}' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/ERROR OTHER .* is denied/) });
    const group = "arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/my-function:log-stream:x";
    expect(await aws.simulate("my-function", "logs:PutLogEvents", group)).toBe("allowed");
  });

  function variables(): Record<string, string> {
    const { environment } = resources.get("aws_lambda_function.this") as { environment: Environment[] };
    return environment[0]?.variables ?? {};
  }

  async function start(env: Record<string, string>) {
    expect(variables().AWS_LAMBDA_EXEC_WRAPPER).toBe("/opt/wrapper");
    const role = await aws.assumeRole("my-function");
    return run(WRAPPER, PRINT_ENVIRON, { PATH: process.env.PATH ?? "", ...env, ...role });
  }
});

/** Lambda assumes the role; here it is the account. */
const TRUSTED = 'Service = "lambda.amazonaws.com"';

const STORED = {
  "prod/db": '{"password":"password-value"}',
  "prod/db-other": "other",
  "prod/api-token": "token-value",
};

type Environment = { variables: Record<string, string> };

type StateModule = {
  resources?: { address: string; values: Record<string, unknown> }[];
  child_modules?: StateModule[];
};

/** The attributes of all resources, by address. */
function resourcesOf({ values }: { values: { root_module: StateModule } }): Map<string, Record<string, unknown>> {
  const all = (module: StateModule): [string, Record<string, unknown>][] => [
    ...(module.resources ?? []).map(({ address, values }) => [address, values] as [string, Record<string, unknown>]),
    ...(module.child_modules ?? []).flatMap(all),
  ];
  return new Map(all(values.root_module));
}
