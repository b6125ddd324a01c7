// Deploys to ministack as CloudFormation does, and gives what Lambda would start the stack's functions with.

import { setTimeout as sleep } from "node:timers/promises";
import type { Ministack } from "./ministack.ts";

/** A function of a stack. */
export type DeployedFunction = {
  /** Its variables, with the Region, the credentials of its role and ministack's endpoint. */
  env: Record<string, string>;
  /** The name of its role. */
  role: string;
  handler: string;
  /** Of each of its layers, the SHA-256 of the zip, in base64. */
  layers: string[];
};

type Stack = { StackStatus: string; StackStatusReason?: string };
type Configuration = {
  Role: string;
  Handler: string;
  Environment: { Variables: Record<string, string> };
  Layers: { Arn: string }[];
};
type Statement = { Action: string | string[] };
type Policy = { Statement: Statement | Statement[] };

/** Makes a stack of a template, JSON or YAML, which may use SAM's transform. Throws where that does not complete. */
export async function createStack(
  aws: Ministack,
  name: string,
  template: string,
  parameters: Record<string, string> = {},
): Promise<void> {
  await aws.ask("cloudformation", "create_stack", {
    StackName: name,
    TemplateBody: template,
    Capabilities: ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
  });
  let stack = await describe(aws, name);
  while (stack.StackStatus.endsWith("_IN_PROGRESS")) {
    await sleep(100);
    stack = await describe(aws, name);
  }
  if (stack.StackStatus !== "CREATE_COMPLETE")
    throw new Error(`The stack ${name} was not created (${stack.StackStatus}): ${stack.StackStatusReason}`);
}

async function describe(aws: Ministack, name: string): Promise<Stack> {
  const { Stacks } = await aws.ask<{ Stacks: [Stack] }>("cloudformation", "describe_stacks", { StackName: name });
  return Stacks[0];
}

/** The function that a stack's template has under a logical id. */
export async function deployedFunction(aws: Ministack, stack: string, logicalId: string): Promise<DeployedFunction> {
  const { Role, Handler, Environment, Layers } = await aws.ask<Configuration>("lambda", "get_function_configuration", {
    FunctionName: await physicalId(aws, stack, logicalId),
  });
  const role = Role.slice(Role.lastIndexOf("/") + 1);
  await letTestsAssume(aws, role);
  return {
    env: { ...Environment.Variables, ...(await aws.assumeRole(role)) },
    role,
    handler: Handler,
    layers: await Promise.all(Layers.map(({ Arn }) => digestOf(aws, Arn))),
  };
}

/** What a resource is called that a stack's template has under a logical id. */
export async function physicalId(aws: Ministack, stack: string, logicalId: string): Promise<string> {
  const input = { StackName: stack, LogicalResourceId: logicalId };
  const { StackResourceDetail } = await aws.ask<{ StackResourceDetail: { PhysicalResourceId: string } }>(
    "cloudformation",
    "describe_stack_resource",
    input,
  );
  return StackResourceDetail.PhysicalResourceId;
}

/** Lambda's service may assume a function's role, and nobody else: here the tests stand in for it. */
async function letTestsAssume(aws: Ministack, role: string): Promise<void> {
  const Principal = { AWS: "arn:aws:iam::000000000000:root" };
  const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal }] };
  await aws.ask("iam", "update_assume_role_policy", { RoleName: role, PolicyDocument: JSON.stringify(trust) });
}

async function digestOf(aws: Ministack, Arn: string): Promise<string> {
  const { Content } = await aws.ask<{ Content: { CodeSha256: string } }>("lambda", "get_layer_version_by_arn", { Arn });
  return Content.CodeSha256;
}

/** Takes the statements that allow an action out of a role's own policies. Throws where there is none. */
export async function revoke(aws: Ministack, role: string, action: string): Promise<void> {
  const { PolicyNames } = await aws.ask<{ PolicyNames: string[] }>("iam", "list_role_policies", { RoleName: role });
  const found = await Promise.all(
    PolicyNames.map((name) => revokeFrom(aws, { RoleName: role, PolicyName: name }, action)),
  );
  if (!found.includes(true)) throw new Error(`No policy of the role ${role} allows ${action}.`);
}

async function revokeFrom(aws: Ministack, policy: { RoleName: string; PolicyName: string }, action: string) {
  const { PolicyDocument } = await aws.ask<{ PolicyDocument: Policy }>("iam", "get_role_policy", policy);
  const statements = [PolicyDocument.Statement].flat();
  const others = statements.filter(({ Action }) => ![Action].flat().includes(action));
  if (others.length === statements.length) return false;
  if (others.length === 0) await aws.ask("iam", "delete_role_policy", policy);
  else
    await aws.ask("iam", "put_role_policy", {
      ...policy,
      PolicyDocument: JSON.stringify({ ...PolicyDocument, Statement: others }),
    });
  return true;
}
