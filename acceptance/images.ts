import { execFileSync, spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { FUNCTIONS } from "./paths.ts";

const PLATFORMS: Record<string, string> = { x86_64: "linux/amd64", arm64: "linux/arm64" };

/** Says why images cannot be pushed from here, if so. */
export function missingForImages(): string | undefined {
  const missing = [
    ["docker", "info"],
    ["aws", "--version"],
  ].find(([program = "", argument = ""]) => spawnSync(program, [argument], { stdio: "ignore" }).status !== 0);
  return missing && `images (\`${missing.join(" ")}\` fails here)`;
}

/**
 * Pushes the function in Python with the layer's files to a repository of ECR. `zips` are the layer's by architecture,
 * as are the images that it gives.
 */
export function pushImages(repository: string, zips: Record<string, string>, folder: string): Record<string, string> {
  const [registry = ""] = repository.split("/");
  const [, region = ""] = /\.ecr\.([^.]+)\./.exec(registry) ?? [];
  const password = execFileSync("aws", ["ecr", "get-login-password", "--region", region]);
  run("docker", ["login", "--username", "AWS", "--password-stdin", registry], password);
  return Object.fromEntries(Object.entries(zips).map(([key, zip]) => [key, push(`${repository}:${key}`, key, zip)]));

  function push(image: string, architecture: string, zip: string): string {
    const context = join(folder, `image-${architecture}`);
    cpSync(FUNCTIONS("python"), context, { recursive: true });
    run("unzip", ["-q", zip, "-d", join(context, "opt")]);
    // Lambda takes no list of images, which Docker makes to add its own provenance.
    const options = ["--platform", PLATFORMS[architecture] ?? "", "--provenance=false", "--tag", image, "--push"];
    run("docker", ["buildx", "build", ...options, context]);
    return image;
  }
}

function run(program: string, args: string[], input?: Buffer): void {
  execFileSync(program, args, { stdio: ["pipe", 2, 2], ...(input && { input }) });
}
