// What a fault may hit, and what the services call it.

/** One entry, and what the report on it has to say. */
export type Target = {
  kind: "secret" | "parameter" | "path";
  noun: "secret" | "parameter";
  service: string;
  variable: string;
  reference: string;
  /** As the report names it. */
  name: string;
  /** The call, and whom a policy has to allow it on. */
  action: string;
  resource: string;
  /** As the service's denial names it. */
  deniedResource: string;
  internalError: string;
  vpcEndpoint: string;
  endpointVariable: string;
};

const PARAMETER_STORE = {
  noun: "parameter",
  service: "Parameter Store",
  internalError: "InternalServerError",
  vpcEndpoint: "interface endpoint for ssm whose",
  endpointVariable: "AWS_ENDPOINT_URL_SSM",
} as const;

export const SECRET: Target = {
  kind: "secret",
  noun: "secret",
  service: "Secrets Manager",
  variable: "DB",
  reference: "prod/db",
  name: "prod/db",
  action: "secretsmanager:GetSecretValue",
  resource: "arn:aws:secretsmanager:eu-west-1:*:secret:prod/db-??????",
  deniedResource: "prod/db",
  internalError: "InternalServiceError",
  vpcEndpoint: "interface endpoint for secretsmanager whose",
  endpointVariable: "AWS_ENDPOINT_URL_SECRETS_MANAGER",
};

export const PARAMETER: Target = {
  ...PARAMETER_STORE,
  kind: "parameter",
  variable: "DB",
  reference: "ssm:/prod/db",
  name: "/prod/db",
  action: "ssm:GetParameters",
  resource: "arn:aws:ssm:eu-west-1:*:parameter/prod/db",
  deniedResource: "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/db",
};

export const PATH: Target = {
  ...PARAMETER_STORE,
  kind: "path",
  variable: "APP_*",
  reference: "ssm:/prod/app/",
  name: "/prod/app/",
  action: "ssm:GetParametersByPath",
  resource: "arn:aws:ssm:eu-west-1:*:parameter/prod/app",
  deniedResource: "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/app",
};

/** What a report never has to say of this target: words that are the other service's. */
export function foreignWords({ noun }: Target): RegExp {
  return noun === "secret"
    ? /\bparameters?\b|Parameter Store|\bssm\b|_SSM\b/
    : /\bsecrets?\b(?!-wrapper)|Secrets Manager|secretsmanager|SECRETS_MANAGER|GetSecretValue/;
}

/** As the report begins: the variable, and where its value comes from. */
export function describeTarget({ variable, name }: Target): string {
  return `${variable} (from "${name}")`;
}
