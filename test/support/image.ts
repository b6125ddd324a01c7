import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { debianPackages } from "./debian.ts";
import { missingProgram } from "./needs.ts";
import { UNSHARE } from "./root.ts";

export type Image = {
  /** The folder of its root file system. */
  root: string;
  entryPoint: string[];
  remove(): void;
};

const TOOLS = join(ROOT, "test", "tools", "buildah");
const POLICY = `--signature-policy=${join(TOOLS, "policy.json")}`;

/** Says what is missing to build an image, if anything is. */
export const missingForImage = missingProgram(["apt-get", "dpkg-deb"]);

/** Builds a folder's Dockerfile with buildah, which needs no daemon and here no registry. */
export function buildImage(folder: string): Image {
  const storage = mkdtempSync(join(tmpdir(), "image-"));
  const buildah = createBuildah(storage);
  buildah("build", "--isolation=chroot", POLICY, "--tag=image", folder);
  const container = buildah("from", POLICY, "localhost/image");
  const root = buildah("mount", container);
  const config = JSON.parse(buildah("inspect", "--type=image", "image"));
  return {
    root,
    entryPoint: config.OCIv1.config.Entrypoint,
    // Of folders that only their owner may write to, root in its namespace.
    remove: () => inNamespace("rm", ["-r", storage]),
  };
}

/** Runs a command of buildah's with a storage of its own; gives what it prints. */
function createBuildah(storage: string): (...args: string[]) => string {
  const packages = debianPackages(TOOLS);
  const options = ["--storage-driver=vfs", `--root=${join(storage, "root")}`, `--runroot=${join(storage, "run")}`];
  const env = { LD_LIBRARY_PATH: librariesOf(packages).join(":"), _CONTAINERS_USERNS_CONFIGURED: "1" };
  const program = join(packages, "usr", "bin", "buildah");
  return (...args) => inNamespace(program, [...options, ...args], env).trim();
}

/** As root, of a user namespace where the user is another: buildah would ask for a range of users to make one itself. */
function inNamespace(program: string, args: string[], env: Record<string, string> = {}): string {
  const [unshare = "", ...options] = UNSHARE;
  const withEnv = { ...process.env, ...env };
  return execFileSync(unshare, [...options, program, ...args], { env: withEnv, encoding: "utf8" });
}

/** Debian has a folder of libraries for each architecture. */
function librariesOf(packages: string): string[] {
  const folder = join(packages, "usr", "lib");
  return readdirSync(folder)
    .filter((name) => name.endsWith("-linux-gnu"))
    .map((name) => join(folder, name));
}
