import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { before, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";

const ARNS: Record<string, string> = {
  "api-token": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:api-token-AbCdEf",
  database: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:database-GhIjKl",
  "log-level": "arn:aws:ssm:eu-west-1:111122223333:parameter/log-level",
};

/** What the program asks for, by the names of its resources. */
type Asked = {
  function: { architectures: string[]; environment: { variables: Record<string, string> }; layers: string[] };
  "secrets-wrapper": { code: { path: Promise<string> }; compatibleArchitectures: string[] };
  secrets: { role: string; policy: string };
  logs: { role: string };
};

const asked = {} as Asked;

before(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => {
      Object.assign(asked, { [name]: inputs });
      return { id: name, state: { ...inputs, name, arn: ARNS[name] ?? `arn of ${name}` } };
    },
    call: ({ inputs }) => inputs,
  });
  const { functionName } = await import("./index.js");
  await new Promise((resolve) => functionName.apply(resolve));
});

test("the function starts with the wrapper, and is told where its secrets are", () => {
  const { AWS_LAMBDA_EXEC_WRAPPER, SECRETS = "" } = asked.function.environment.variables;
  assert.equal(AWS_LAMBDA_EXEC_WRAPPER, "/opt/wrapper");
  assert.deepEqual(JSON.parse(SECRETS), {
    API_TOKEN: ARNS["api-token"],
    DB_PASSWORD: `${ARNS.database}:password::`,
    LOG_LEVEL: ARNS["log-level"],
  });
});

test("its layer is the zip of the package, for its architecture", async () => {
  assert.deepEqual(asked.function.layers, ["arn of secrets-wrapper"]);
  assert.deepEqual(asked["secrets-wrapper"].compatibleArchitectures, asked.function.architectures);
  assert.ok(existsSync(await asked["secrets-wrapper"].code.path));
});

test("its role may read these secrets and this parameter, and nothing else", () => {
  assert.equal(asked.secrets.role, asked.logs.role);
  assert.deepEqual(JSON.parse(asked.secrets.policy).Statement, [
    { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [ARNS["api-token"], ARNS.database] },
    { Effect: "Allow", Action: "ssm:GetParameters", Resource: ARNS["log-level"] },
  ]);
});
