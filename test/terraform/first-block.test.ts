import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { ARCHITECTURE, ROOT } from "../../layer/paths.ts";
import { environmentWithLayer } from "../support/layer-of-zip.ts";
import { type Ministack, startMinistack } from "../support/ministack.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { installPackage, runInstalled } from "../support/packed-package.ts";
import { missingForRoot } from "../support/root.ts";
import { missingProvider, terraformOutput } from "../support/terraform.ts";
import { resourcesOf } from "../support/terraform-state.ts";

jest.setTimeout(1_200_000);

// What a user copies first: applied where the npm package is installed, its function's own variables, layer and role
// start the layer.

const [, BLOCK = ""] = /^```hcl\n(.*?)^```$/ms.exec(readFileSync(join(ROOT, "terraform", "README.md"), "utf8")) ?? [];

describeUnless(missingForRoot() ?? missingProgram(["python3"]) ?? missingProvider(), "the README's first block", () => {
  let aws: Ministack;
  let folder: string;
  let zip: string;
  let resources: Map<string, Record<string, unknown>>;
  beforeAll(async () => {
    folder = installPackage();
    zip = runInstalled(folder, ["layer", "--arch", ARCHITECTURE]).trim();
    aws = await startMinistack();
    await aws.store(STORED);
    writeFileSync(
      join(folder, "function.zip"),
      zipSync({ "app.py": Buffer.from("def handler(event, context): pass") }),
    );
    writeFileSync(
      join(folder, "main.tf"),
      BLOCK.replace(TRUSTED, `${TRUSTED}, AWS = "arn:aws:iam::000000000000:root"`).replace(
        "role_name",
        `architecture = "${ARCHITECTURE}"\n  role_name`,
      ),
    );
    await terraformOutput(folder, ["init"], aws.env);
    await terraformOutput(folder, ["apply", "-auto-approve"], aws.env);
    resources = resourcesOf(await terraformOutput(folder, ["show", "-json"], aws.env));
  });
  afterAll(() => {
    aws.stop();
    rmSync(folder, { recursive: true });
  });

  it("gives the function the layer that was published, of the package's zip", () => {
    const layer = resources.get(`module.secrets.module.layer[0].aws_lambda_layer_version.this["${ARCHITECTURE}"]`);
    expect(resources.get("aws_lambda_function.this")?.layers).toEqual([layer?.arn]);
    expect(layer?.arn).toContain(`:layer:secrets-wrapper-${ARCHITECTURE}:1`);
    expect(layer?.code_sha256).toBe(createHash("sha256").update(readFileSync(zip)).digest("base64"));
  });

  it("starts the layer with the function's variables and the role's own permissions", async () => {
    const found = await start(variables());
    expect(found).toMatchObject({ DB_PASSWORD: "password-value", API_TOKEN: "token-value", LOG_LEVEL: "info" });
  });

  it("allows nothing else to be read, and the log to be written", async () => {
    const other = { ...variables(), SECRETS: '{"OTHER": "prod/db-other"}' };
    await expect(start(other)).rejects.toThrow(/ERROR OTHER .* is denied/);
    const group = "arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/my-function:log-stream:x";
    expect(await aws.simulate("my-function", "logs:PutLogEvents", group)).toBe("allowed");
  });

  function variables(): Record<string, string> {
    const { environment } = resources.get("aws_lambda_function.this") as { environment: Environment[] };
    return environment[0]?.variables ?? {};
  }

  async function start(env: Record<string, string>) {
    return environmentWithLayer(zip, { ...env, ...(await aws.assumeRole("my-function")) });
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
