import { createHash } from "node:crypto";
import {
  AddLayerVersionPermissionCommand,
  GetLayerVersionCommand,
  type LambdaClient,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  ResourceConflictException,
} from "@aws-sdk/client-lambda";
import { VERSION } from "../../core/host/version.ts";
import type { Layer } from "./layer.ts";

/** `isNew`: not if the latest version has the same content, which is then that one. */
export type LayerVersion = { arn: string; version: number; isNew: boolean };

/** Publishes a layer in the client's Region, and allows the accounts of an organization to use it, if one is named. */
export async function publishLayer(client: LambdaClient, layer: Layer, organization?: string): Promise<LayerVersion> {
  const published = (await findPublished(client, layer)) ?? (await publish(client, layer));
  if (organization !== undefined) await share(client, layer.name, published.version, organization);
  return published;
}

async function findPublished(client: LambdaClient, { name, zip }: Layer): Promise<LayerVersion | undefined> {
  const { LayerVersions } = await client.send(new ListLayerVersionsCommand({ LayerName: name, MaxItems: 1 }));
  const { Version: version, LayerVersionArn: arn } = LayerVersions?.[0] ?? {};
  if (version === undefined || arn === undefined) return undefined;
  const { Content } = await client.send(new GetLayerVersionCommand({ LayerName: name, VersionNumber: version }));
  return Content?.CodeSha256 === sha256(zip) ? { arn, version, isNew: false } : undefined;
}

async function publish(client: LambdaClient, { name, architecture, zip }: Layer): Promise<LayerVersion> {
  const { Version: version, LayerVersionArn: arn } = await client.send(
    new PublishLayerVersionCommand({
      LayerName: name,
      Description: `secrets-wrapper ${VERSION}: secrets in the environment of a function's runtime`,
      Content: { ZipFile: zip },
      CompatibleArchitectures: [architecture],
      LicenseInfo: "MIT",
    }),
  );
  if (version === undefined || arn === undefined) throw new Error("Lambda's answer has no version");
  return { arn, version, isNew: true };
}

async function share(client: LambdaClient, name: string, version: number, organization: string): Promise<void> {
  const permission = {
    LayerName: name,
    VersionNumber: version,
    StatementId: `organization-${organization}`,
    Action: "lambda:GetLayerVersion",
    Principal: "*",
    OrganizationId: organization,
  };
  await client.send(new AddLayerVersionPermissionCommand(permission)).catch((error: Error) => {
    // There is such a statement, from an earlier run.
    if (!(error instanceof ResourceConflictException)) throw error;
  });
}

/** As Lambda gives it. */
function sha256(zip: Uint8Array): string {
  return createHash("sha256").update(zip).digest("base64");
}
