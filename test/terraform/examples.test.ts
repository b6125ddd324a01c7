import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { zipSync } from "fflate";
import { LAYER, LAYER_ZIP, LIVE_LAYER, LIVE_LAYER_ZIP } from "../../layer/paths.ts";
import { CANARY, expectNoCanary } from "../support/canary.ts";
import { freePort } from "../support/free-port.ts";
import { functionEnv } from "../support/function-env.ts";
import { BOOTSTRAP, type LambdaFunction, startFunction } from "../support/lambda-host.ts";
import { awsEnv, clientConfig, type Moto, startMoto } from "../support/moto.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { missingForRoot, onMachine } from "../support/root.ts";
import { lambdaEnv } from "../support/run.ts";
import { ALL_RUNTIMES } from "../support/runtimes.ts";
import { copyOfTerraform, type Ended, missingProvider, terraform, terraformOutput } from "../support/terraform.ts";

// From Terraform to os.environ: what is applied here runs in the Lambda host, against the same moto.

const DIGEST = `sha256:${"1".repeat(64)}`;
jest.setTimeout(400_000);

const missing = missingForRoot() ?? missingProgram(["python3", "g++"]) ?? missingProvider();

let moto: Moto;
let copy: string;

describeUnless(missing, "the example", () => {
  let complete: Outcome;
  let customerManagedKey: Outcome;
  let containerImage: Outcome;
  beforeAll(async () => {
    copy = copyOfTerraform();
    copyFileSync(LAYER_ZIP, join(copy, "layer.zip"));
    copyFileSync(LIVE_LAYER_ZIP, join(copy, "live-layer.zip"));
    moto = await startMoto();
    [complete, customerManagedKey, containerImage] = await Promise.all([
      liveThrough("complete", { layer_zip: "../../layer.zip", live_layer_zip: "../../live-layer.zip" }, useComplete),
      liveThrough("customer-managed-key", { layer_zip: "../../layer.zip", db_password: CANARY }, useCustomerManagedKey),
      liveThrough("container-image", { image_digest: DIGEST }),
    ]);
  });
  afterAll(() => {
    moto.stop();
    rmSync(copy, { recursive: true });
  });

  it("complete has functions that find their secrets", () => {
    expect(complete.used).toEqual({
      python: { API_TOKEN: `${CANARY}\n`, DB_PASSWORD: `${CANARY} $(é)`, LOG_LEVEL: "debug", STAGE: "test" },
      node: { API_TOKEN: `${CANARY}\n`, DB_user: "ann", DB_password: `${CANARY} rotated` },
    });
  });

  it("customer-managed-key has a function that finds its secret, and may use the key for this only", () => {
    const { found, policy } = customerManagedKey.used as Awaited<ReturnType<typeof useCustomerManagedKey>>;
    expect(found).toEqual({ DB_PASSWORD: CANARY });
    const [read, decrypt, ...more] = policy.Statement;
    expect(read.Resource).toEqual([expect.stringMatching(/:secret:customer-managed-key\/db-\w{6}$/)]);
    expect(decrypt).toMatchObject({
      Action: "kms:Decrypt",
      Resource: [expect.stringMatching(/^arn:aws:kms:.*:key\//)],
    });
    const [, owner, name] = /^(.*:)(.*)$/.exec(read.Resource[0]) ?? [];
    expect(decrypt.Condition).toEqual({
      StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" },
      ArnLike: { "kms:EncryptionContext:SecretARN": `${owner}*` },
      StringLike: { "kms:EncryptionContext:SecretARN": [`*:${name}`] },
    });
    expect(more).toEqual([]);
  });

  it.each([
    ["complete", () => complete],
    ["customer-managed-key", () => customerManagedKey],
  ])("%s holds no value in plan and state", async (_, outcome) => {
    for (const text of [outcome().state, await outcome().showPlan()]) {
      expect(text).toContain("SECRETS");
      expectNoCanary(text);
    }
  });

  describe.each([
    ["complete", () => complete],
    ["customer-managed-key", () => customerManagedKey],
    ["container-image", () => containerImage],
  ])("%s", (_, outcome) => {
    it("leaves nothing to change", () => {
      const { status, stdout } = outcome().next;
      expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("No changes.") });
    });

    it("is destroyed", () => {
      expect(outcome().left.values).toBeUndefined();
    });
  });
});

type Outcome = {
  used: unknown;
  /** The plan after everything was applied and used. */
  next: Ended;
  /** The same as JSON, with the state before it. */
  showPlan(): Promise<string>;
  state: string;
  /** What there is after all is destroyed. */
  left: { values?: unknown };
};
type Example = { folder: string; output(name: string): Promise<Record<string, string>> };

/** Applies an example, uses it, plans again, and destroys it. */
async function liveThrough(
  name: string,
  variables: Record<string, string>,
  use: (example: Example) => Promise<unknown> = async () => undefined,
): Promise<Outcome> {
  const folder = join(copy, "examples", name);
  for (const file of functionsIn(folder)) zip(file);
  const given = Object.entries(variables).map(([variable, value]) => [`TF_VAR_${variable}`, value]);
  const env = { ...awsEnv(moto.url), ...Object.fromEntries(given) };
  const run = (...args: string[]) => terraformOutput(folder, args, env);
  await run("init");
  await run("apply", "-auto-approve");
  const used = await use({ folder, output: async (output) => JSON.parse(await run("output", "-json", output)) });
  const next = await terraform(folder, ["plan", "-detailed-exitcode", "-no-color", "-out=next.plan"], env);
  const state = readFileSync(join(folder, "terraform.tfstate"), "utf8");
  const showPlan = () => run("show", "-json", "next.plan");
  await run("destroy", "-auto-approve");
  return { used, next, state, showPlan, left: JSON.parse(await run("show", "-json")) };
}

async function useComplete(example: Example) {
  await put("complete/api-token", `${CANARY}\n`);
  await put("complete/db", JSON.stringify({ user: "ann", password: `${CANARY} $(é)` }));
  const python = await startExample(example, "Python", "app.handler", "python_environment_variables");
  const node = await startExample(example, "Node.js", "index.handler", "node_environment_variables", LIVE_LAYER);
  await invoke(node);
  await put("complete/db", JSON.stringify({ user: "ann", password: `${CANARY} rotated` }));
  await sleep(TTL_MS);
  const used = { python: await invoke(python), node: await invoke(node) };
  await Promise.all([python, node].map((lambda) => lambda.stop()));
  return used;
}

async function useCustomerManagedKey(example: Example) {
  const lambda = await startExample(example, "Python", "app.handler", "environment_variables");
  const found = await invoke(lambda);
  await lambda.stop();
  return { found, policy: JSON.parse(String(await example.output("policy_json"))) };
}

/** As the example's README tells: python.zip of app.py, node.zip of index.mjs. */
function functionsIn(folder: string): [zip: string, source: string][] {
  const all = [
    ["python.zip", "app.py"],
    ["node.zip", "index.mjs"],
  ].map((names) => names.map((name) => join(folder, "functions", name)) as [string, string]);
  return all.filter(([, source]) => existsSync(source));
}

function zip([file, source]: [string, string]): void {
  writeFileSync(file, zipSync({ [basename(source)]: readFileSync(source) }));
}

async function put(secret: string, value: string): Promise<void> {
  const client = new SecretsManagerClient(clientConfig(moto.url));
  await client.send(new PutSecretValueCommand({ SecretId: secret, SecretString: value }));
}

/** The example's function, with a layer in /opt and the variables that Terraform has given out. */
async function startExample(example: Example, runtime: string, handler: string, output: string, layer = LAYER) {
  const { command, env } = ALL_RUNTIMES.find(({ name }) => name === runtime)?.prepare() ?? { command: [] };
  const task = join(example.folder, "functions");
  return await startFunction({
    command: [...command.slice(0, -1), handler],
    bootstrap: [...onMachine(task, layer), BOOTSTRAP],
    taskRoot: task,
    ...(layer === LIVE_LAYER && { extensions: join(layer, "extensions") }),
    env: {
      ...functionEnv("/var/task"),
      ...lambdaEnv(moto.url, {}),
      AWS_ENDPOINT_URL: moto.url,
      _HANDLER: handler,
      ...env,
      ...(await example.output(output)),
      SECRETS_PORT: String(await freePort()),
      SECRETS_TTL: String(TTL_MS / 1000),
    },
    timeoutMs: 20_000,
  });
}

/** What it returns. */
async function invoke(lambda: LambdaFunction): Promise<unknown> {
  const { payload, failed } = await lambda.invoke();
  if (failed) throw new Error(lambda.log() || payload);
  return JSON.parse(payload);
}

const TTL_MS = 1000;
