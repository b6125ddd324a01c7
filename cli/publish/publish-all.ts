import { LambdaClient } from "@aws-sdk/client-lambda";
import type { AwsCredentialIdentity } from "@smithy/types";
import type { Architecture } from "../../package/layer-zip.ts";
import { explainFailure } from "./explain-failure.ts";
import type { Layer } from "./layer.ts";
import { type LayerVersion, publishLayer } from "./publish-layer.ts";

/** What became of a layer in a Region: its version, or a sentence with cause and remedy. */
export type Outcome = { region: string; architecture: Architecture } & (LayerVersion | { failure: string });

/** Publishes layers in all Regions at once, and in each Region in turn. */
export async function publishAll(
  regions: string[],
  layers: Layer[],
  { credentials, organization }: { credentials: AwsCredentialIdentity; organization?: string },
): Promise<Outcome[]> {
  const byRegion = regions.map(async (region) => {
    const client = new LambdaClient({ region, credentials });
    const outcomes: Outcome[] = [];
    for (const layer of layers) {
      const published = publishLayer(client, layer, organization);
      const outcome = await published.catch((error: Error) => ({ failure: explainFailure(error) }));
      outcomes.push({ region, architecture: layer.architecture, ...outcome });
    }
    return outcomes;
  });
  return (await Promise.all(byRegion)).flat();
}
