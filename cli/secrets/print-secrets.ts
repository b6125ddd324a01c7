import { validEntries } from "../valid-entries.ts";

/** Prints SECRETS with these references by variable. Throws where the wrapper would refuse them. */
export async function printSecrets(references: Map<string, string>): Promise<void> {
  const secrets = Object.fromEntries(references);
  const compact = JSON.stringify(secrets);
  await validEntries({ SECRETS: compact });
  console.log(JSON.stringify(secrets, null, 2));
  if (Buffer.byteLength(compact) > MAX_VARIABLES_BYTES) {
    console.error(
      `This is more than the ${MAX_VARIABLES_BYTES} bytes that Lambda allows all variables: save it as a file of the function's package, secrets.json, and set SECRETS_FILE=secrets.json in place of SECRETS.`,
    );
  }
}

const MAX_VARIABLES_BYTES = 4096;
