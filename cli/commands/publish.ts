import { Command, Option } from "commander";
import { ARCHITECTURES } from "../../package/layer-zip.ts";
import { checkRegion, matching } from "../matching.ts";
import type { PublishOptions } from "../publish/publish.ts";

/** `publish`: the layer in the caller's account. Status 1 if it fails in a Region. */
export function publishCommand(): Command {
  return new Command("publish")
    .description("publish the layer in your account")
    .requiredOption(
      "--regions <regions>",
      "Regions, separated by commas, or all: those that are enabled for the account",
      toRegions,
    )
    .addOption(
      new Option("--arch <architecture>", "the functions' architecture")
        .choices([...ARCHITECTURES, "all"])
        .default("all"),
    )
    .option("--live", "the layer with the live cache", false)
    .option(
      "--organization <id>",
      "organization whose accounts may use the layer (default: your account only)",
      matching(ORGANIZATION, "o-a1b2c3d4e5"),
    )
    .option(
      "--name <prefix>",
      "what the layers' names begin with, before the architecture",
      matching(NAME, "secrets-wrapper"),
      "secrets-wrapper",
    )
    .option("--json", "print ARNs and versions by Region and architecture as JSON", false)
    .addHelpText("after", MORE)
    .action(async (options: PublishOptions) => {
      // Loaded only here: it has the SDK.
      const { publish } = await import("../publish/publish.ts");
      await publish(options);
    });
}

function toRegions(value: string): PublishOptions["regions"] {
  return value === "all" ? value : [...new Set(value.split(",").map(checkRegion))];
}

const ORGANIZATION = /^o-[a-z0-9]{10,32}$/;
const NAME = /^[\w-]{1,100}$/;

const MORE = `
A layer whose latest version has the same content is not published again. What fails in a
Region is reported on standard error, and the status is then 1; all else is published.

The credentials are those of AWS's tools. They need lambda:ListLayerVersions,
lambda:GetLayerVersion and lambda:PublishLayerVersion; with --organization,
lambda:AddLayerVersionPermission; for --regions all, account:ListRegions.`;
