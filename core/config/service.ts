import type { Reference } from "./reference.ts";

/** What a service is called in messages, policies and settings. */
export type Service = {
  name: string;
  /** What it stores. */
  noun: "secret" | "parameter";
  /** The name of its VPC endpoint, and its prefix in IAM. */
  prefix: "secretsmanager" | "ssm";
  /** The variable for a custom endpoint. */
  endpointVariable: string;
};

export const SECRETS_MANAGER: Service = {
  name: "Secrets Manager",
  noun: "secret",
  prefix: "secretsmanager",
  endpointVariable: "AWS_ENDPOINT_URL_SECRETS_MANAGER",
};

export const PARAMETER_STORE: Service = {
  name: "Parameter Store",
  noun: "parameter",
  prefix: "ssm",
  endpointVariable: "AWS_ENDPOINT_URL_SSM",
};

/** A service in a Region, as messages name it: "Secrets Manager in eu-west-1". */
export function endpointOf(request: Pick<Reference, "kind"> & { region: string }): string {
  return `${serviceOf(request).name} in ${request.region}`;
}

export function serviceOf({ kind }: Pick<Reference, "kind">): Service {
  return SERVICES[kind];
}

const SERVICES: Record<Reference["kind"], Service> = {
  secret: SECRETS_MANAGER,
  parameter: PARAMETER_STORE,
  path: PARAMETER_STORE,
};
