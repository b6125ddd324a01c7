import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { zipSync } from "fflate";
import { LAYER_ZIP } from "../../layer/paths.ts";
import { functionEnv } from "../support/function-env.ts";
import { BOOTSTRAP, startFunction } from "../support/lambda-host.ts";
import { type Moto, startMoto } from "../support/moto.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { missingForRoot, onMachine } from "../support/root.ts";
import { lambdaEnv } from "../support/run.ts";
import { ALL_RUNTIMES } from "../support/runtimes.ts";
import { copyOfTerraform, missingProvider, terraform, terraformOutput } from "../support/terraform.ts";

// From Terraform to os.environ: what is applied here runs in the Lambda host, against the same moto.

const CANARY = "canary-9Tz4";
const DIGEST = `sha256:${"1".repeat(64)}`;
jest.setTimeout(240_000);

let moto: Moto;
let copy: string;

const missingZip = existsSync(LAYER_ZIP) ? undefined : "the layer's zip was not built, which takes Rust";
const missing = missingZip ?? missingForRoot() ?? missingProgram(["python3", "g++"]) ?? missingProvider();

describeUnless(missing, "the example", () => {
  beforeAll(async () => {
    copy = copyOfTerraform();
    copyFileSync(LAYER_ZIP, join(copy, "layer.zip"));
    moto = await startMoto();
  });
  afterAll(() => {
    moto.stop();
    rmSync(copy, { recursive: true });
  });

  describe("complete", () => {
    const example = exampleOf("complete", { layer_zip: "../../layer.zip" });
    beforeAll(async () => {
      zip(join(example.folder(), "functions"), "python.zip", "app.py");
      zip(join(example.folder(), "functions"), "node.zip", "index.mjs");
      example.apply();
      await put("complete/api-token", `${CANARY}\n`);
      await put("complete/db", JSON.stringify({ user: "ann", password: `${CANARY} $(é)` }));
    });

    it("has a function that finds its secrets in Python", async () => {
      expect(await invoke(example, "Python", "app.handler", "python_environment_variables")).toEqual({
        API_TOKEN: `${CANARY}\n`,
        DB_PASSWORD: `${CANARY} $(é)`,
        LOG_LEVEL: "debug",
        STAGE: "test",
      });
    });

    it("has a function that finds its secrets in Node.js", async () => {
      expect(await invoke(example, "Node.js", "index.handler", "node_environment_variables")).toEqual({
        API_TOKEN: `${CANARY}\n`,
        DB_user: "ann",
        DB_password: `${CANARY} $(é)`,
      });
    });

    it("leaves nothing to change, and holds no value in plan and state", () => {
      example.expectUnchanged();
      example.expectNoValue();
    });

    it("is destroyed", () => example.destroy());
  });

  describe("customer-managed-key", () => {
    const example = exampleOf("customer-managed-key", { layer_zip: "../../layer.zip", db_password: CANARY });
    beforeAll(() => {
      zip(join(example.folder(), "functions"), "python.zip", "app.py");
      example.apply();
    });

    it("leaves nothing to change", () => example.expectUnchanged());

    it("holds the value that it has stored neither in plan nor in state", () => example.expectNoValue());

    it("allows the key for this secret only", () => {
      const { Statement } = JSON.parse(example.output("policy_json"));
      const [read, decrypt] = Statement;
      expect(Statement).toHaveLength(2);
      expect(decrypt).toMatchObject({
        Action: "kms:Decrypt",
        Resource: [expect.stringMatching(/^arn:aws:kms:.*:key\//)],
      });
      expect(decrypt.Condition.StringLike["kms:EncryptionContext:SecretARN"]).toEqual(read.Resource);
      expect(read.Resource).toEqual([expect.stringMatching(/:secret:customer-managed-key\/db-\w{6}$/)]);
    });

    it("has a function that finds the secret in Python", async () => {
      const found = await invoke(example, "Python", "app.handler", "environment_variables");
      expect(found).toEqual({ DB_PASSWORD: CANARY });
    });

    it("is destroyed", () => example.destroy());
  });

  describe("container-image", () => {
    const example = exampleOf("container-image", { image_digest: DIGEST });
    beforeAll(() => example.apply());

    it("leaves nothing to change", () => example.expectUnchanged());

    it("is destroyed", () => example.destroy());
  });
});

type Example = ReturnType<typeof exampleOf>;

function exampleOf(name: string, variables: Record<string, string>) {
  const folder = () => join(copy, "examples", name);
  const run = (...args: string[]) => terraformOutput(folder(), args, env());
  const env = () => ({
    AWS_ENDPOINT_URL: moto.url,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "key",
    AWS_SECRET_ACCESS_KEY: "secret",
    ...Object.fromEntries(Object.entries(variables).map(([variable, value]) => [`TF_VAR_${variable}`, value])),
  });
  return {
    folder,
    apply() {
      run("init");
      run("plan", "-out=first.plan");
      run("apply", "first.plan");
    },
    output: (output: string) => JSON.parse(run("output", "-json", output)),
    expectUnchanged() {
      const { status, stdout } = terraform(
        folder(),
        ["plan", "-detailed-exitcode", "-no-color", "-out=next.plan"],
        env(),
      );
      expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("No changes.") });
    },
    expectNoValue() {
      const plans = ["first.plan", "next.plan"].map((plan) => run("show", "-json", plan));
      const state = readFileSync(join(folder(), "terraform.tfstate"), "utf8");
      for (const text of [...plans, state]) {
        expect(text).toContain("SECRETS");
        expect(text).not.toContain(CANARY);
        expect(text).not.toContain(Buffer.from(CANARY).toString("base64").slice(0, -4));
      }
    },
    destroy() {
      run("destroy", "-auto-approve");
      expect(JSON.parse(run("show", "-json")).values).toBeUndefined();
    },
  };
}

function zip(folder: string, name: string, file: string): void {
  writeFileSync(join(folder, name), zipSync({ [file]: readFileSync(join(folder, file)) }));
}

async function put(secret: string, value: string): Promise<void> {
  const credentials = { accessKeyId: "key", secretAccessKey: "secret" };
  const client = new SecretsManagerClient({ region: "eu-west-1", endpoint: moto.url, credentials });
  await client.send(new PutSecretValueCommand({ SecretId: secret, SecretString: value }));
}

/** What the example's function returns, with the layer in /opt and the variables that Terraform has given out. */
async function invoke(example: Example, runtime: string, handler: string, output: string): Promise<unknown> {
  const { command, env } = ALL_RUNTIMES.find(({ name }) => name === runtime)?.prepare() ?? { command: [] };
  const task = join(example.folder(), "functions");
  const lambda = await startFunction({
    command: [...command.slice(0, -1), handler],
    bootstrap: [...onMachine(task), BOOTSTRAP],
    taskRoot: task,
    env: {
      ...functionEnv("/var/task"),
      ...lambdaEnv(moto.url, {}),
      AWS_ENDPOINT_URL: moto.url,
      _HANDLER: handler,
      ...env,
      ...example.output(output),
    },
    timeoutMs: 20_000,
  });
  const { payload, failed } = await lambda.invoke();
  const log = lambda.log();
  await lambda.stop();
  if (failed) throw new Error(log || payload);
  return JSON.parse(payload);
}
