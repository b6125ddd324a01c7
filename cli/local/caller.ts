import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { fromIni } from "@aws-sdk/credential-providers";
import type { Env } from "../../core/host/env.ts";

/** Who asks for the secrets on a developer's machine. */
export type Caller = {
  /** In place of the environment's variables, for the calls; undefined removes one. */
  variables: Env;
  /** Why there are no credentials and what to do, if there are none. */
  noCredentials?: string;
};

/** The Region and the credentials that AWS's tools on this machine use, and no others. */
export async function findCaller(): Promise<Caller> {
  // As for AWS's CLI, a named profile is the only source: the SDK's further sources would hide why it gives none.
  const { config } = new SecretsManagerClient(process.env.AWS_PROFILE ? { credentials: fromIni() } : {});
  const region = await config.region().catch(() => undefined);
  try {
    return { variables: variablesFor(region, await config.credentials()) };
  } catch (error) {
    return { variables: variablesFor(region), noCredentials: explain(error as Error) };
  }
}

type Credentials = Awaited<ReturnType<ReturnType<typeof fromIni>>>;

function variablesFor(region: string | undefined, credentials?: Credentials): Env {
  return {
    ...(region && { AWS_REGION: region }),
    AWS_ACCESS_KEY_ID: credentials?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey,
    AWS_SESSION_TOKEN: credentials?.sessionToken,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: undefined,
  };
}

function explain({ name, message }: Error): string {
  const sentence = message.trim().replaceAll(/\s+/g, " ").replace(/\.?$/, ".");
  return `The AWS SDK says: ${sentence} ${name === "AccessDenied" ? TRUST : SIGN_IN}`;
}

const SIGN_IN = "Set AWS_PROFILE to a profile in ~/.aws/config; if it uses single sign-on, sign in with: aws sso login";
const TRUST =
  "The role's trust policy must allow you sts:AssumeRole; a function's role trusts only lambda.amazonaws.com by default.";
