// What docs/cdk.md shows: type-checked, synthesized, deployed to ministack, which evaluates IAM, and started.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LAYER_ZIP } from "../../layer/paths.ts";
import { type CdkApp, codeOfDocs, makeCdkApp } from "../support/cdk.ts";
import { createStack, type DeployedFunction, deployedFunction, physicalId, revoke } from "../support/cloudformation.ts";
import { functionEnv } from "../support/function-env.ts";
import { startFunction } from "../support/lambda-host.ts";
import { type Ministack, startMinistack } from "../support/ministack.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { oncePerSources } from "../support/once.ts";
import { pythonTools, RUNTIMES } from "../support/tools.ts";
import { missingLayer, WRAPPER } from "../support/trees.ts";

jest.setTimeout(300_000);

/** Beside the documentation's: a function with all that an entry may need, and one with CDK's own permissions. */
const FURTHER = `
const python = { runtime: Runtime.PYTHON_3_13, handler: "app.handler", code: Code.fromAsset("function") };
const byName = Secret.fromSecretNameV2(stack, "ByName", "prod/by-name");
new SecretsWrapper(stack, "All", {
  secrets: {
    NAMED: byName,
    MISSING: { secret: Secret.fromSecretNameV2(stack, "Missing", "prod/missing"), optional: true },
    FALLBACK: { secret: "prod/missing-too:key", default: "none" },
    "APP_*": { secret: dbSecret, names: "upper" },
    TOKEN: \`prod/\${stack.region}/token\`,
  },
}).addTo(new Function(stack, "All-Function", python));
const granted = new Function(stack, "Granted", python);
dbSecret.grantRead(granted);
logLevel.grantRead(granted);
`;

/** Of the construct. */
const SOURCES = ["cdk", "core", "policy", "package", "docs/cdk.md", "test/cdk", "test/support", "package-lock.json"];
const STACK = "orders";
/** What `cdk bootstrap` makes in an account and Region. */
const BUCKET = "cdk-hnb659fds-assets-000000000000-eu-west-1";
const BOOTSTRAP_VERSION = { Name: "/cdk-bootstrap/hnb659fds/version", Value: "30", Type: "String" };

describeUnless(missingLayer ?? missingProgram(["python3"]), "the app of docs/cdk.md", () => {
  let app: CdkApp;
  beforeEach(() => {
    app = makeCdkApp(codeOfDocs() + FURTHER);
  });
  afterEach(() => app.remove());

  it("is right for TypeScript", () =>
    oncePerSources("cdk-types", SOURCES, async () => {
      const { status, stdout } = await app.checkTypes();
      expect({ status, stdout: stdout.toString() }).toEqual({ status: 0, stdout: "" });
    }));

  it("is deployed, and its functions find their secrets, with the permissions of their roles alone", () =>
    oncePerSources("cdk-deploy", [...SOURCES, "fetcher", "engine", "wrapper"], async () => {
      const aws = await startMinistack();
      try {
        await deploy(aws, await app.synthesize());
        await useFunctions(aws);
      } finally {
        aws.stop();
      }
    }));
});

/** In this order: what is taken away at the end is needed before. */
async function useFunctions(aws: Ministack): Promise<void> {
  const deployed = await deployedFunction(aws, STACK, await idOf(aws, "Function"));
  const { ARN, password } = await database(aws);
  expect(deployed.layers).toEqual([createHash("sha256").update(readFileSync(LAYER_ZIP)).digest("base64")]);
  expect(deployed.env.AWS_LAMBDA_EXEC_WRAPPER).toBe("/opt/wrapper");
  await expectLessThanCdk(aws, deployed.role, ARN);
  await allowEveryParameter(aws, deployed.role);
  const environment = await environmentOf(deployed);
  expect(environment).toMatchObject({ DB_PASSWORD: password, API_TOKEN: "token-value", LOG_LEVEL: "debug" });
  await expectMissingTolerated(aws, password);
  for (const action of ["ssm:GetParameters", "secretsmanager:GetSecretValue"])
    await expectDenied(aws, deployed, action);
}

async function expectLessThanCdk(aws: Ministack, role: string, secretArn: string): Promise<void> {
  const granted = await physicalId(aws, STACK, await idOf(aws, "GrantedServiceRole"));
  expect(await allowed(aws, role, SECRET_ACTIONS, secretArn)).toEqual(["GetSecretValue"]);
  expect(await allowed(aws, granted, SECRET_ACTIONS, secretArn)).toEqual(["GetSecretValue", "DescribeSecret"]);
  expect(await allowed(aws, role, PARAMETER_ACTIONS, LOG_LEVEL)).toEqual(["GetParameters"]);
  expect(await allowed(aws, granted, PARAMETER_ACTIONS, LOG_LEVEL)).toEqual(PARAMETER_ACTIONS);
  expect(await allowed(aws, role, PARAMETER_ACTIONS, `${LOG_LEVEL}-other`)).toEqual([]);
}

async function expectMissingTolerated(aws: Ministack, password: string): Promise<void> {
  const environment = await environmentOf(await deployedFunction(aws, STACK, await idOf(aws, "AllFunction")));
  const found = { NAMED: "named-value", FALLBACK: "none", APP_USER: "orders", APP_PASSWORD: password, TOKEN: "other" };
  expect(environment).toMatchObject(found);
  expect(environment).not.toHaveProperty("MISSING");
}

async function expectDenied(aws: Ministack, deployed: DeployedFunction, action: string): Promise<void> {
  await revoke(aws, deployed.role, action);
  const { payload, failed, log } = await invoke(deployed);
  expect({ failed, ...JSON.parse(payload) }).toMatchObject({ failed: true, errorType: "Runtime.SecretsUnavailable" });
  expect(log).toContain(`is denied. Allow ${action} on `);
}

/** What a role may do with a resource. */
async function allowed(aws: Ministack, role: string, actions: string[], resource: string): Promise<string[]> {
  const service = resource.split(":")[2];
  const input = {
    PolicySourceArn: `arn:aws:iam::000000000000:role/${role}`,
    ActionNames: actions.map((action) => `${service}:${action}`),
    ResourceArns: [resource],
  };
  const { EvaluationResults } = await aws.ask<Simulated>("iam", "simulate_principal_policy", input);
  return actions.filter((_, index) => EvaluationResults[index]?.EvalDecision === "allowed");
}

type Simulated = { EvaluationResults: { EvalDecision: string }[] };

/** ministack evaluates GetParameters against *, AWS against each parameter. */
async function allowEveryParameter(aws: Ministack, role: string): Promise<void> {
  const Statement = [{ Effect: "Allow", Action: "ssm:GetParameters", Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await aws.ask("iam", "put_role_policy", { RoleName: role, PolicyName: "every-parameter", PolicyDocument });
}

/** A logical id is the construct's with eight characters of a hash. */
async function idOf(aws: Ministack, construct: string): Promise<string> {
  const { StackResourceSummaries } = await aws.ask<Summaries>("cloudformation", "list_stack_resources", {
    StackName: STACK,
  });
  const ids = StackResourceSummaries.map(({ LogicalResourceId }) => LogicalResourceId);
  return String(ids.find((id) => id.slice(0, -8) === construct));
}

type Summaries = { StackResourceSummaries: { LogicalResourceId: string }[] };

async function database(aws: Ministack): Promise<{ ARN: string; password: string }> {
  const SecretId = await physicalId(aws, STACK, await idOf(aws, "Database"));
  const secret = await aws.ask<{ ARN: string; SecretString: string }>("secretsmanager", "get_secret_value", {
    SecretId,
  });
  return { ARN: secret.ARN, password: JSON.parse(secret.SecretString).password };
}

async function deploy(aws: Ministack, { template, assets }: Awaited<ReturnType<CdkApp["synthesize"]>>): Promise<void> {
  await aws.store({ "prod/api-token": "token-value", "prod/by-name": "named-value", "prod/eu-west-1/token": "other" });
  const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" };
  await aws.ask("s3", "create_bucket", { Bucket: BUCKET, CreateBucketConfiguration });
  // Folders of functions, which CDK zips, are left out: no code runs there.
  for (const [Key, path] of Object.entries(assets).filter(([, path]) => path.endsWith(".zip")))
    await aws.ask("s3", "put_object", { Bucket: BUCKET, Key, Body: `fileb://${path}` });
  await aws.ask("ssm", "put_parameter", BOOTSTRAP_VERSION);
  await createStack(aws, STACK, withArnsOfSecrets(template));
}

/** To CloudFormation a reference to a secret is its ARN, to ministack its name. */
function withArnsOfSecrets(template: string): string {
  const ids = Object.entries<{ Type: string }>(JSON.parse(template).Resources)
    .filter(([, { Type }]) => Type === "AWS::SecretsManager::Secret")
    .map(([id]) => id);
  return JSON.stringify(JSON.parse(template), (_, value) =>
    ids.includes(value?.Ref) ? { "Fn::GetAtt": [value.Ref, "Id"] } : value,
  );
}

async function environmentOf(deployed: DeployedFunction): Promise<Record<string, string>> {
  const { payload, failed, log } = await invoke(deployed);
  if (failed) throw new Error(log);
  return JSON.parse(payload).environment;
}

async function invoke({ env, handler }: DeployedFunction) {
  const taskRoot = join(RUNTIMES, "python");
  const lambda = await startFunction({
    command: [join(pythonTools(), "python3"), "-m", "awslambdaric", handler],
    taskRoot,
    // The layer is not in /opt, but where it was built.
    env: { ...functionEnv(taskRoot), PYTHONPATH: taskRoot, ...env, AWS_LAMBDA_EXEC_WRAPPER: WRAPPER },
    timeoutMs: 20_000,
  });
  const invoked = await lambda.invoke();
  await lambda.stop();
  return { ...invoked, log: lambda.log() };
}

const SECRET_ACTIONS = ["GetSecretValue", "DescribeSecret", "PutSecretValue"];
const PARAMETER_ACTIONS = ["GetParameters", "GetParameter", "GetParameterHistory", "DescribeParameters"];
const LOG_LEVEL = "arn:aws:ssm:eu-west-1:000000000000:parameter/orders/log-level";
