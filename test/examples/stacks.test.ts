// The examples that make a CloudFormation stack: deployed by their own tool to ministack, which evaluates IAM.

import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { deployedFunction } from "../support/cloudformation.ts";
import {
  expectDenied,
  expectLayer,
  expectParameter,
  expectReturned,
  expectValues,
  secretOf,
  startOn,
} from "../support/deployed.ts";
import { copyOfExample, runCommands, sourcesOfExample } from "../support/examples.ts";
import { type Ministack, startMinistack } from "../support/ministack.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { oncePerSources } from "../support/once.ts";
import { missingForRoot } from "../support/root.ts";
import { awsTools, serverlessFramework } from "../support/tools.ts";

type Example = {
  /** The commands of its README that check and deploy it. */
  commands: string[];
  tools(folder: string): string[];
  stack: string;
  /** What the stack calls its function. */
  logicalId: string;
  runtime: string;
  /** Where its code is, from the example's folder. */
  code: string;
};

const EXAMPLES: Record<string, Example> = {
  sam: {
    commands: ["sam validate", "sam deploy"],
    tools: () => [awsTools()],
    stack: "secrets-wrapper-sam",
    logicalId: "Function",
    runtime: "Python",
    code: "function",
  },
  cloudformation: {
    commands: ["cfn-lint", "aws cloudformation package", "aws cloudformation deploy"],
    tools: () => [awsTools()],
    stack: "secrets-wrapper",
    logicalId: "Function",
    runtime: "Node.js",
    code: "function",
  },
  serverless: {
    commands: ["npx osls package", "npx osls deploy"],
    tools: installServerless,
    stack: "secrets-wrapper-example-dev",
    logicalId: "AppLambdaFunction",
    runtime: "Node.js",
    code: ".",
  },
};
const SLOW_MS = 600_000;

const missing = missingForRoot() ?? missingProgram(["python3", "g++"]);

describeUnless(missing, "the example", () => {
  it.each(Object.entries(EXAMPLES))(
    "%s is right for its tool, is deployed, and finds its secrets with the permissions of its role alone",
    (name, example) => oncePerSources(`example-${name}`, sourcesOfExample(name), () => deployAndUse(name, example)),
    SLOW_MS,
  );
});

async function deployAndUse(name: string, example: Example): Promise<void> {
  const folder = copyOfExample(name);
  const aws = await startMinistack();
  try {
    await aws.ask("s3", "create_bucket", {
      Bucket: BUCKET,
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    });
    runCommands(folder, example.commands, example.tools(folder), { ...aws.env, BUCKET });
    await useFunction(aws, folder, example);
  } finally {
    aws.stop();
    rmSync(folder, { recursive: true });
  }
}

async function useFunction(aws: Ministack, folder: string, { stack, logicalId, runtime, code }: Example) {
  const deployed = await deployedFunction(aws, stack, logicalId);
  const start = startOn(runtime, join(folder, code));
  const API_TOKEN = await secretOf(aws, stack, "ApiToken");
  const { password: DB_PASSWORD } = JSON.parse(await secretOf(aws, stack, "Database"));
  expectLayer(deployed);
  await expectParameter(aws, deployed, `/${stack}/log-level`);
  await expectValues(deployed, { API_TOKEN, DB_PASSWORD, LOG_LEVEL: "debug" });
  await expectReturned(deployed, start, {
    API_TOKEN: `${API_TOKEN.length} characters`,
    DB_PASSWORD: `${DB_PASSWORD.length} characters`,
    LOG_LEVEL: "debug",
  });
  await expectDenied(aws, deployed, start, "secretsmanager:GetSecretValue");
}

/** As `npm install osls` does: npx finds it there. */
function installServerless(folder: string): string[] {
  const programs = join(folder, "node_modules", ".bin");
  mkdirSync(programs, { recursive: true });
  symlinkSync(serverlessFramework(), join(programs, "osls"));
  return [];
}

const BUCKET = "artifacts";
