import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt, runTool } from "../../layer/ensure-built.ts";

/**
 * What Debian's packages have, unpacked into a folder of the cache: nothing is installed on the machine, and of their
 * dependencies only what it lacks is downloaded. `sources`: a folder whose packages.txt names them. Returns the folder.
 */
export function debianPackages(sources: string): string {
  return ensureBuilt(sources, ["packages.txt"], (sources, folder) => {
    const names = readFileSync(join(sources, "packages.txt"), "utf8").split("\n").filter(Boolean);
    const apt = join(folder, "apt");
    for (const name of ["lists", "archives"]) mkdirSync(join(apt, name, "partial"), { recursive: true });
    const options = ["--quiet=2", "--yes", ...settings(apt).flatMap((setting) => ["--option", setting])];
    runTool(folder, "apt-get", [...options, "update"]);
    runTool(folder, "apt-get", [...options, "--no-install-recommends", "--download-only", "install", ...names]);
    for (const archive of readdirSync(join(apt, "archives")).filter((name) => name.endsWith(".deb")))
      runTool(folder, "dpkg-deb", ["--extract", join(apt, "archives", archive), folder]);
    rmSync(apt, { recursive: true });
  });
}

/** Lists and archives in a folder of our own: nothing of the machine's is written. */
function settings(folder: string): string[] {
  return [
    `Dir::State::Lists=${join(folder, "lists")}`,
    `Dir::Cache=${folder}`,
    "APT::Sandbox::User=root",
    "Debug::NoLocking=true",
  ];
}
