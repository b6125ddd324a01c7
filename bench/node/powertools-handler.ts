// What a function on Powertools does when it is imported: asks its provider for all secrets at once.

import { getSecret } from "@aws-lambda-powertools/parameters/secrets";

const names = (process.env.SECRET_NAMES ?? "").split(" ");

Promise.all(names.map((name) => getSecret(name))).then((all) => {
  for (const secret of all) console.log(secret);
  // Without waiting for the connections that the SDK keeps.
  process.exit();
});
