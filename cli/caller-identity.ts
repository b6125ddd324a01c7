import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentity } from "@smithy/types";
import type { Caller } from "./local/caller.ts";

// The SDK is pinned: the Node that its next versions need is no concern of whoever runs this.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** The caller's credentials, for clients of the SDK. Throws without any. */
export function credentialsOf({ variables, noCredentials }: Caller): AwsCredentialIdentity {
  if (noCredentials !== undefined) throw new Error(noCredentials);
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN } = variables;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}

/** The caller's Region. Throws without any. */
export function regionOfCaller({ variables }: Caller): string {
  const region = variables.AWS_REGION || process.env.AWS_DEFAULT_REGION;
  if (!region) throw new Error("The Region is not known. Set AWS_REGION, or AWS_PROFILE to a profile with a Region.");
  return region;
}

/** The number of the caller's account. */
export async function accountOfCaller(caller: Caller, region: string): Promise<string> {
  const client = new STSClient({ region, credentials: credentialsOf(caller) });
  const { Account } = await client.send(new GetCallerIdentityCommand()).catch(({ message }: Error) => {
    throw new Error(
      `The account of the credentials is not known: ${message.replace(/\.?$/, ".")} Set it with --account.`,
    );
  });
  if (!Account) throw new Error("AWS names no account for the credentials. Set it with --account.");
  return Account;
}
