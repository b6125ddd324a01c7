// What the examples of docs/secrets.md ask for, in moto.

import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { LabelParameterVersionCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { SECRETS_PAGE } from "./documents.ts";
import { type Identity, toJson } from "./identity.ts";
import { clientConfig } from "./moto.ts";

export const DB = { host: "db.example", user: "ann", password: "sixteen letters!" };
export const APP = { APP_KEY: "k", APP_NAME: "shop" };
export const PEM = "-----BEGIN KEY-----\nkey\n-----END KEY-----\n";
export const DER = Buffer.of(0x30, 0, 255);

/** By the names of the examples. */
export async function storeSecrets(endpoint: string, identity?: Identity): Promise<void> {
  const client = new SecretsManagerClient(clientConfig(endpoint));
  const [, id] = /prod\/token:::([\w-]+)/.exec(SECRETS_PAGE) ?? [];
  const first = { Name: "prod/token", SecretString: "old token", ClientRequestToken: id };
  await client.send(new CreateSecretCommand(first));
  await client.send(new PutSecretValueCommand({ SecretId: "prod/token", SecretString: "new token" }));
  const old = JSON.stringify({ ...DB, password: "old password" });
  await client.send(new CreateSecretCommand({ Name: "prod/db", SecretString: old }));
  await client.send(new PutSecretValueCommand({ SecretId: "prod/db", SecretString: JSON.stringify(DB) }));
  const texts = {
    "prod/api-token": "api token",
    "prod/app": JSON.stringify(APP),
    "prod/x": JSON.stringify({ "a:b": "of a:b" }),
    "prod/tls": JSON.stringify({ key: PEM }),
    "prod/text": "text",
    ...(identity && { "svid-dbuser": toJson(identity) }),
    [/rds![\w-]+/.exec(SECRETS_PAGE)?.[0] ?? ""]: JSON.stringify({ username: "admin", password: "managed" }),
  };
  for (const [Name, SecretString] of Object.entries(texts)) {
    await client.send(new CreateSecretCommand({ Name, SecretString }));
  }
  await client.send(new CreateSecretCommand({ Name: "prod/cert", SecretBinary: DER }));
  await client.send(new CreateSecretCommand({ Name: "prod/bytes", SecretBinary: Buffer.from("bytes of text") }));
}

export async function storeParameters(endpoint: string): Promise<void> {
  const client = new SSMClient(clientConfig(endpoint));
  const put = (Name: string, Value: string) =>
    client.send(new PutParameterCommand({ Name, Value, Type: "SecureString", Overwrite: true }));
  for (const version of [1, 2, 3, 4]) await put("/prod/log-level", `level ${version}`);
  const label = { Name: "/prod/log-level", ParameterVersion: 2, Labels: ["live"] };
  await client.send(new LabelParameterVersionCommand(label));
  await put("/prod/db", '{"port":5432}');
  await put("/prod/app/log-level", "debug");
  await put("/prod/app/db/host", "db.example");
}
