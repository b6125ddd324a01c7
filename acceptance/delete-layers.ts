import { DeleteLayerVersionCommand, type LambdaClient, ListLayerVersionsCommand } from "@aws-sdk/client-lambda";

/** Deletes every version of some layers; one that is not there has none. */
export async function deleteLayers(lambda: LambdaClient, names: string[]): Promise<void> {
  for (const LayerName of names) {
    const { LayerVersions = [] } = await lambda.send(new ListLayerVersionsCommand({ LayerName }));
    for (const { Version } of LayerVersions)
      await lambda.send(new DeleteLayerVersionCommand({ LayerName, VersionNumber: Version }));
  }
}
