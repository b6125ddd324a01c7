import { ARCHITECTURES, type Architecture } from "../../package/layer-zip.ts";
import { credentialsOf, regionOfCaller } from "../caller-identity.ts";
import { findCaller } from "../local/caller.ts";
import { enabledRegions } from "./enabled-regions.ts";
import { readLayers } from "./layer.ts";
import { publishAll } from "./publish-all.ts";
import { toJson, toTable } from "./report.ts";

export type PublishOptions = {
  regions: string[] | "all";
  arch: Architecture | "all";
  live: boolean;
  organization?: string;
  name: string;
  json: boolean;
};

/** Publishes the layers in all these Regions and prints their ARNs. The process's status is then 1 if one has failed. */
export async function publish({ regions, arch, live, name, json, ...options }: PublishOptions): Promise<void> {
  const layers = readLayers(name, arch === "all" ? ARCHITECTURES : [arch], live);
  const caller = await findCaller();
  const credentials = credentialsOf(caller);
  const names = regions === "all" ? await enabledRegions(credentials, regionOfCaller(caller)) : regions;
  const outcomes = await publishAll(names, layers, { credentials, ...options });
  console.log(json ? toJson(outcomes) : toTable(outcomes));
  for (const outcome of outcomes) {
    if (!("failure" in outcome)) continue;
    console.error(`${outcome.region} (${outcome.architecture}): ${outcome.failure}`);
    process.exitCode = 1;
  }
}
