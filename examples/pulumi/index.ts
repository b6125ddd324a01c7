import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const apiToken = new aws.secretsmanager.Secret("api-token");
const database = new aws.secretsmanager.Secret("database");
const logLevel = new aws.ssm.Parameter("log-level", { type: "String", value: "debug" });

const secrets = pulumi.jsonStringify({
  API_TOKEN: apiToken.arn,
  DB_PASSWORD: pulumi.interpolate`${database.arn}:password::`,
  LOG_LEVEL: logLevel.arn,
});

const layer = new aws.lambda.LayerVersion("secrets-wrapper", {
  layerName: "secrets-wrapper",
  code: new pulumi.asset.FileArchive("node_modules/lambda-secrets-wrapper/dist/secrets-wrapper-x86_64.zip"),
  compatibleArchitectures: ["x86_64"],
});

const role = new aws.iam.Role("role", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});

const permission = new aws.iam.RolePolicy("secrets", {
  role: role.name,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [apiToken.arn, database.arn] },
      { Effect: "Allow", Action: "ssm:GetParameters", Resource: logLevel.arn },
    ],
  }),
});

// Without it, a failed start leaves no trace.
const logs = new aws.iam.RolePolicyAttachment("logs", {
  role: role.name,
  policyArn: aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole,
});

const lambda = new aws.lambda.Function(
  "function",
  {
    code: new pulumi.asset.FileArchive("function"),
    handler: "app.handler",
    runtime: aws.lambda.Runtime.NodeJS22dX,
    architectures: ["x86_64"],
    role: role.arn,
    layers: [layer.arn],
    environment: { variables: { AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrapper", SECRETS: secrets } },
  },
  { dependsOn: [permission, logs] },
);

export const functionName = lambda.name;
export const apiTokenArn = apiToken.arn;
export const databaseArn = database.arn;
