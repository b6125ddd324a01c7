import { Command, Option } from "commander";
import { ARCHITECTURES, type Architecture, layerZip } from "../../package/layer-zip.ts";

type LayerOptions = { arch: Architecture; live: boolean };

/** `layer`: where the layer's zip is, for any tool. */
export function layerCommand(): Command {
  return new Command("layer")
    .description("print the path of the layer's zip")
    .addOption(
      new Option("--arch <architecture>", "the function's architecture").choices(ARCHITECTURES).default("x86_64"),
    )
    .option("--live", "the layer with the live cache", false)
    .action(({ arch, live }: LayerOptions) => console.log(layerZip(arch, { live })));
}
