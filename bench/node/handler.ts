// What a function on the SDK does when it is imported: makes a client, and calls it for all secrets at once.

import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

const client = new SecretsManagerClient();
const names = (process.env.SECRET_NAMES ?? "").split(" ");
const answers = names.map((name) => client.send(new GetSecretValueCommand({ SecretId: name })));

Promise.all(answers).then((all) => {
  for (const { SecretString } of all) console.log(SecretString);
  // Without waiting for the connections that the SDK keeps.
  process.exit();
});
