import { Stack } from "aws-cdk-lib";
import { Code, type Function as LambdaFunction, LayerVersion } from "aws-cdk-lib/aws-lambda";
import { VERSION } from "../core/host/version.ts";
import { type Architecture, layerZip } from "../package/layer-zip.ts";

/** The layer for a function's architecture: one for all functions of a stack, since an export could not be changed. */
export function layerFor(fn: LambdaFunction, { live }: { live: boolean }): LayerVersion {
  const stack = Stack.of(fn);
  const { architecture } = fn;
  const id = `SecretsWrapper${live ? "Live" : ""}Layer-${architecture.name}`;
  const known = stack.node.tryFindChild(id) as LayerVersion | undefined;
  return (
    known ??
    new LayerVersion(stack, id, {
      code: Code.fromAsset(layerZip(architecture.name as Architecture, { live })),
      compatibleArchitectures: [architecture],
      description: `secrets-wrapper ${VERSION}: secrets in the environment of a function's runtime`,
      license: "MIT",
    })
  );
}
