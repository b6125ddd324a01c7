import { partition } from "@aws-sdk/core/client";
import type { Entry } from "../../core/config/parse.ts";
import { regionOf } from "../../core/config/reference.ts";
import type { Place } from "../../policy/resources.ts";
import { accountOfCaller, regionOfCaller } from "../caller-identity.ts";
import { findCaller } from "../local/caller.ts";

/**
 * Where secrets and parameters without an ARN are: as the options say, otherwise where the caller is. Says on standard
 * error what the options do not say. Where all have ARNs, nothing is asked.
 */
export async function findPlace(
  entries: Entry[],
  options: { region?: string; account?: string },
): Promise<Place & { dnsSuffix: string }> {
  const regions = entries.map(({ reference }) => regionOf(reference.id));
  const [first] = regions;
  if (first !== undefined && !regions.includes(undefined)) return placeIn(first, "");
  if (options.region && options.account) return placeIn(options.region, options.account);
  const caller = await findCaller();
  const region = options.region ?? regionOfCaller(caller);
  const account = options.account ?? (await accountOfCaller(caller, region));
  console.error(`For Region ${region} and account ${account}; --region and --account name others.`);
  return placeIn(region, account);
}

function placeIn(region: string, account: string): Place & { dnsSuffix: string } {
  const { name, dnsSuffix } = partition(region);
  return { partition: name, dnsSuffix, region, account };
}
