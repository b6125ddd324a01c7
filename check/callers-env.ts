import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { fromIni } from "@aws-sdk/credential-providers";

/** The environment, with the Region and the credentials that AWS's tools on this machine use, and no others. */
export async function callersEnv(): Promise<NodeJS.ProcessEnv> {
  // As for AWS's CLI, a named profile is the only source: the SDK's further sources would hide why it gives none.
  const { config } = new SecretsManagerClient(process.env.AWS_PROFILE ? { credentials: fromIni() } : {});
  const region = await config.region().catch(() => undefined);
  const credentials = await config.credentials().catch(reportFailure);
  return {
    ...process.env,
    ...(region && { AWS_REGION: region }),
    AWS_ACCESS_KEY_ID: credentials?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey,
    AWS_SESSION_TOKEN: credentials?.sessionToken,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: undefined,
  };
}

/** The fetcher reports only that there are none: why is the SDK's to say. */
function reportFailure({ name, message }: Error): undefined {
  const sentence = message.trim().replaceAll(/\s+/g, " ").replace(/\.?$/, ".");
  console.error(`The AWS SDK has no credentials: ${sentence} ${name === "AccessDenied" ? TRUST : SIGN_IN}`);
}

const SIGN_IN = "Set AWS_PROFILE to a profile in ~/.aws/config; if it uses single sign-on, sign in with: aws sso login";
const TRUST =
  "The role's trust policy must allow you sts:AssumeRole; a function's role trusts only lambda.amazonaws.com by default.";
