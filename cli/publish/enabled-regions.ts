import { AccountClient, paginateListRegions, RegionOptStatus } from "@aws-sdk/client-account";
import type { AwsCredentialIdentity } from "@smithy/types";

/** The Regions that are enabled for the account, asked in one of its partition. */
export async function enabledRegions(credentials: AwsCredentialIdentity, region: string): Promise<string[]> {
  const client = new AccountClient({ region, credentials });
  const enabled: string[] = [];
  try {
    for await (const { Regions } of paginateListRegions({ client }, { RegionOptStatusContains: ENABLED })) {
      for (const { RegionName } of Regions ?? []) if (RegionName) enabled.push(RegionName);
    }
  } catch (error) {
    throw new Error(
      `The account's Regions are not known: ${(error as Error).message} Allow your role account:ListRegions, or name the Regions: --regions eu-west-1,us-east-1`,
    );
  }
  return enabled.sort();
}

const ENABLED = [RegionOptStatus.ENABLED, RegionOptStatus.ENABLED_BY_DEFAULT];
