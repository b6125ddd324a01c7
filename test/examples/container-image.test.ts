import { rmSync } from "node:fs";
import { type DeployedFunction, deployedFunction } from "../support/cloudformation.ts";
import { envOf, expectDenied, expectReturned, secretOf } from "../support/deployed.ts";
import { copyOfExample, runCommands, sourcesOfExample } from "../support/examples.ts";
import { buildImage, type Image, missingForImage } from "../support/image.ts";
import { type LambdaFunction, startFunction } from "../support/lambda-host.ts";
import { type Ministack, startMinistack } from "../support/ministack.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { oncePerSources } from "../support/once.ts";
import { missingForRoot, onImage } from "../support/root.ts";
import { awsTools } from "../support/tools.ts";

const STACK = "secrets-wrapper-image";
const SLOW_MS = 600_000;

const missing = missingForRoot() ?? missingForImage ?? missingProgram(["go", "python3", "unzip"]);

describeUnless(missing, "the example container-image", () => {
  it(
    "is built from nothing, deployed, and finds its secret with the permission of its role alone",
    () => oncePerSources("container-image", sourcesOfExample("container-image"), buildAndDeploy),
    SLOW_MS,
  );
});

async function buildAndDeploy(): Promise<void> {
  const folder = copyOfExample("container-image");
  try {
    runCommands(folder, ["unzip", "CGO_ENABLED=0 go build", "sam validate"], [awsTools()]);
    const image = buildImage(folder);
    await deployAndUse(folder, image).finally(image.remove);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function deployAndUse(folder: string, image: Image): Promise<void> {
  const aws = await startMinistack();
  try {
    runCommands(folder, ["sam deploy"], [awsTools()], { ...aws.env, IMAGE });
    await useFunction(aws, image);
  } finally {
    aws.stop();
  }
}

async function useFunction(aws: Ministack, image: Image): Promise<void> {
  const deployed = await deployedFunction(aws, STACK, "Function");
  const start = startIn(image);
  const { length } = await secretOf(aws, STACK, "ApiToken");
  await expectReturned(deployed, start, { API_TOKEN: `${length} characters` });
  await expectDenied(aws, deployed, start, "secretsmanager:GetSecretValue");
}

/** Starts a function by the image's entry point, where there is nothing but what the image has. */
function startIn({ root, entryPoint }: Image) {
  return (deployed: DeployedFunction): Promise<LambdaFunction> =>
    startFunction({ bootstrap: onImage(root), command: entryPoint, taskRoot: "/", env: envOf(deployed) });
}

/** Nobody fetches it: ministack only keeps its name. */
const IMAGE = `000000000000.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:${"1".repeat(64)}`;
