import { execFileSync } from "node:child_process";
import type { Deployed } from "./deployed.ts";
import { CONFIGURATION } from "./paths.ts";

/** Terraform's outputs. `managed_secret` is an ARN, `repository_url` a repository of ECR. */
export type Outputs = { functions: Record<string, Deployed>; managed_secret: string; repository_url: string };

/** The configuration's variables, as Terraform reads them from the environment. */
export type Variables = Record<string, string | object>;

/** Creates everything, or with `-target=…` a part of it. Throws where Terraform fails: some of it may be there. */
export function apply(variables: Variables, ...options: string[]): void {
  terraform(["init"], {});
  terraform(["apply", "-auto-approve", ...options], variables);
}

/** An output of what is there. */
export function output<Name extends keyof Outputs>(name: Name): Outputs[Name] {
  return JSON.parse(execFileSync("terraform", [CHDIR, "output", "-json", name], { encoding: "utf8" }));
}

/** Destroys everything but the versions of layers, which the module keeps. Throws where something is left. */
export function destroy(variables: Variables): void {
  terraform(["destroy", "-auto-approve"], variables);
}

/** Its standard output goes to ours for errors: ours is for the result. */
function terraform(args: string[], variables: Variables): void {
  const given = Object.entries(variables).map(([name, value]) => [
    `TF_VAR_${name}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  execFileSync("terraform", [CHDIR, ...args, "-input=false"], {
    env: { ...process.env, ...Object.fromEntries(given) },
    stdio: ["ignore", 2, 2],
  });
}

const CHDIR = `-chdir=${CONFIGURATION}`;
