import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { LAYER_ZIP } from "../../layer/paths.ts";
import { type DeployedFunction, physicalId, revoke } from "./cloudformation.ts";
import { addedTo, PRINT_ENVIRON } from "./environ.ts";
import { functionEnv } from "./function-env.ts";
import { BOOTSTRAP, type Invoked, type LambdaFunction, startFunction } from "./lambda-host.ts";
import type { Ministack } from "./ministack.ts";
import { onMachine } from "./root.ts";
import { run } from "./run.ts";
import { ALL_RUNTIMES } from "./runtimes.ts";
import { WRAPPER } from "./trees.ts";

/** Starts a function with what it was deployed with. */
export type Start = (deployed: DeployedFunction) => Promise<LambdaFunction>;

/** Starts it on a runtime of Lambda's, with the layer in /opt and its code, which is a folder, in /var/task. */
export function startOn(runtime: string, code: string): Start {
  const { command, env } = ALL_RUNTIMES.find(({ name }) => name === runtime)?.prepare() ?? { command: [] };
  return (deployed) =>
    startFunction({
      command: [...command.slice(0, -1), deployed.handler],
      bootstrap: [...onMachine(code), BOOTSTRAP],
      taskRoot: code,
      env: { ...envOf(deployed), ...env, _HANDLER: deployed.handler },
      timeoutMs: 20_000,
    });
}

/** Its variables with those that Lambda sets. */
export function envOf({ env }: DeployedFunction): Record<string, string> {
  return { ...functionEnv("/var/task"), PATH: process.env.PATH ?? "", ...env };
}

/** The value of a secret that a stack has made. */
export async function secretOf(aws: Ministack, stack: string, logicalId: string): Promise<string> {
  const SecretId = await physicalId(aws, stack, logicalId);
  return (await aws.ask<{ SecretString: string }>("secretsmanager", "get_secret_value", { SecretId })).SecretString;
}

/** Its only layer is the zip that was built. */
export function expectLayer({ layers }: DeployedFunction): void {
  expect(layers).toEqual([createHash("sha256").update(readFileSync(LAYER_ZIP)).digest("base64")]);
}

/** The wrapper gives the variables exactly these values. */
export async function expectValues(deployed: DeployedFunction, values: Record<string, string>): Promise<void> {
  const env = { ...envOf(deployed), SECRETS_LOG_LEVEL: "WARN" };
  const { status, stdout, stderr } = await run(WRAPPER, PRINT_ENVIRON, env);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(addedTo(env, stdout)).toEqual(values);
}

/**
 * Its role may read this parameter, and no other. ministack evaluates GetParameters against *, AWS against each
 * parameter: so the policy is asked by itself, and the role may then read all parameters.
 */
export async function expectParameter(aws: Ministack, { role }: DeployedFunction, name: string): Promise<void> {
  const decide = (parameter: string) =>
    aws.simulate(role, GET_PARAMETERS, `arn:aws:ssm:eu-west-1:000000000000:parameter${parameter}`);
  expect([await decide(name), await decide(`${name}-other`)]).toEqual(["allowed", "implicitDeny"]);
  await aws.ask("iam", "put_role_policy", {
    RoleName: role,
    PolicyName: "all-parameters",
    PolicyDocument: JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: GET_PARAMETERS, Resource: "*" },
    }),
  });
}

/** It returns this. */
export async function expectReturned(deployed: DeployedFunction, start: Start, returned: object): Promise<void> {
  const { payload, failed } = await invokeOnce(deployed, start);
  expect({ failed, returned: JSON.parse(payload) }).toEqual({ failed: false, returned });
}

/** Without its role's permission for an action it is not started, and says which it lacks. */
export async function expectDenied(aws: Ministack, deployed: DeployedFunction, start: Start, action: string) {
  await revoke(aws, deployed.role, action);
  const { payload, failed, log } = await invokeOnce(deployed, start);
  expect({ failed, ...JSON.parse(payload) }).toMatchObject({ failed: true, errorType: "Runtime.SecretsUnavailable" });
  expect(log).toContain(`is denied. Allow ${action} on `);
}

async function invokeOnce(deployed: DeployedFunction, start: Start): Promise<Invoked & { log: string }> {
  const lambda = await start(deployed);
  const invoked = await lambda.invoke();
  await lambda.stop();
  return { ...invoked, log: lambda.log() };
}

const GET_PARAMETERS = "ssm:GetParameters";
