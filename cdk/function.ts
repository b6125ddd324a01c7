import { Stack } from "aws-cdk-lib";
import { type CfnFunction, type IFunction, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { checkSnapStart, readSettings } from "../core/config/settings.ts";
import { describeFaults } from "./describe-faults.ts";

/** How Lambda starts a function's program. */
export type Start = "exec wrapper" | "own bootstrap" | "image";

export function startOf({ runtime }: LambdaFunction): Start {
  if (runtime.runtimeEquals(Runtime.FROM_IMAGE)) return "image";
  return runtime.name.startsWith("provided") ? "own bootstrap" : "exec wrapper";
}

/** The function, where this app creates it. Throws otherwise. */
export function changeable(fn: IFunction): LambdaFunction {
  if (fn instanceof LambdaFunction) return fn;
  throw new Error(
    `${fn.node.path} is not a function that this app creates: an imported function, a version, an alias or a function at the edge has its own layers, variables and role. Add the secrets to the Function itself, in the app that creates it; Lambda@Edge takes neither layers nor variables.`,
  );
}

/** Throws where Lambda would not start the wrapper, or would start another one. */
export function checkStart(fn: LambdaFunction, startsWrapper: boolean): void {
  const start = startOf(fn);
  if (start === "image" && !startsWrapper)
    throw new Error(
      `${fn.node.path} is made from a container image, which takes no layers. Copy the layer's content into the image and start the program through it (docs/containers.md), then say so: addTo(fn, { startsWrapper: true }).`,
    );
  if (start === "own bootstrap" && !startsWrapper)
    throw new Error(
      `${fn.node.path} has the runtime ${fn.runtime.name}, which does not read AWS_LAMBDA_EXEC_WRAPPER. Start the program through the layer's wrapper in the function's bootstrap (docs/containers.md), then say so: addTo(fn, { startsWrapper: true }).`,
    );
}

/** Throws where a variable that is to be set has a value already. */
export function checkUnset(fn: LambdaFunction): void {
  const env = variablesOf(fn);
  if (startOf(fn) === "exec wrapper" && "AWS_LAMBDA_EXEC_WRAPPER" in env)
    throw new Error(
      `${fn.node.path} has AWS_LAMBDA_EXEC_WRAPPER already, and Lambda starts one wrapper. Set SECRETS_NEXT_WRAPPER to its value in its place: this wrapper then starts that one (docs/chaining.md).`,
    );
  if ("SECRETS" in env)
    throw new Error(`${fn.node.path} has SECRETS already. Put all entries into one SecretsWrapper, and add that once.`);
}

/** At synthesis, when all variables are set: what the wrapper would refuse, in its words. */
export function validate(fn: LambdaFunction, hasSecrets: boolean): string[] {
  const env = variablesOf(fn);
  const { snapStart } = fn.node.defaultChild as CfnFunction;
  const usesSnapStart = hasSecrets && Stack.of(fn).resolve(snapStart)?.applyOn === "PublishedVersions";
  const faults = [
    ...readSettings(env).faults,
    ...(usesSnapStart ? checkSnapStart({ ...env, AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start" }) : []),
  ];
  const isReplaced = startOf(fn) === "exec wrapper" && env.AWS_LAMBDA_EXEC_WRAPPER !== WRAPPER;
  return [...(isReplaced ? [REPLACED] : []), ...(faults.length > 0 ? [describeFaults(faults)] : [])];
}

export const WRAPPER = "/opt/wrapper";

/** The variables that a function has now; undefined where only the deployment knows the value. */
function variablesOf(fn: LambdaFunction): Record<string, string | undefined> {
  const { environment } = fn.node.defaultChild as CfnFunction;
  const variables: Record<string, unknown> = Stack.of(fn).resolve(environment)?.variables ?? {};
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, typeof value === "string" ? value : undefined]),
  );
}

const REPLACED =
  "AWS_LAMBDA_EXEC_WRAPPER was changed after the secrets were added. Set SECRETS_NEXT_WRAPPER to the other wrapper in its place: this wrapper then starts that one (docs/chaining.md).";
