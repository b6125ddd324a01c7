import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { debianPackages } from "./debian.ts";
import { missingProgram } from "./needs.ts";

export type Image = {
  /** The folder of its root file system. */
  root: string;
  entryPoint: string[];
  remove(): void;
};

const TOOLS = join(ROOT, "test", "tools", "buildah");
const POLICY = `--signature-policy=${join(TOOLS, "policy.json")}`;

/** Says why no image can be built on this machine, if none can. */
export const missingForImage =
  process.getuid?.() === 0 ? missingProgram(["apt-get", "dpkg-deb"]) : "an image is built by root here";

/** Builds a folder's Dockerfile with buildah, which needs no daemon and here no registry. */
export function buildImage(folder: string): Image {
  const storage = mkdtempSync(join(tmpdir(), "image-"));
  const buildah = createBuildah(storage);
  buildah("build", "--isolation=chroot", POLICY, "--tag=image", folder);
  const container = buildah("from", POLICY, "image");
  const root = buildah("mount", container);
  const config = JSON.parse(buildah("inspect", "--type=image", "image"));
  return {
    root,
    entryPoint: config.OCIv1.config.Entrypoint,
    remove: () => {
      buildah("umount", container);
      rmSync(storage, { recursive: true });
    },
  };
}

/** Runs a command of buildah's with a storage of its own; gives what it prints. */
function createBuildah(storage: string): (...args: string[]) => string {
  const packages = debianPackages(TOOLS);
  const options = ["--storage-driver=vfs", `--root=${join(storage, "root")}`, `--runroot=${join(storage, "run")}`];
  const env = { ...process.env, LD_LIBRARY_PATH: librariesOf(packages).join(":") };
  const program = join(packages, "usr", "bin", "buildah");
  return (...args) => execFileSync(program, [...options, ...args], { env, encoding: "utf8" }).trim();
}

/** Debian has a folder of libraries for each architecture. */
function librariesOf(packages: string): string[] {
  const folder = join(packages, "usr", "lib");
  return readdirSync(folder)
    .filter((name) => name.endsWith("-linux-gnu"))
    .map((name) => join(folder, name));
}
