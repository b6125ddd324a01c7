import { execFile, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CACHE, ROOT } from "../../layer/paths.ts";
import { missingProgram } from "./needs.ts";

const FOLDER = join(CACHE, "terraform");
const DOWNLOADED = join(FOLDER, "plugins");
const MIRROR_CONFIG = join(FOLDER, "mirror.tfrc");

const QUIET = { TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
/** Terraform's own cache cannot be shared by two at a time, a mirror can. */
const MIRROR = { ...QUIET, TF_CLI_CONFIG_FILE: MIRROR_CONFIG };
const DOWNLOAD = { ...QUIET, TF_PLUGIN_CACHE_DIR: DOWNLOADED };

export type Ended = { status: number | null; stdout: string; stderr: string };

/** Copies the module and its examples into a folder, so that nothing is written into the checkout. Returns the folder. */
export function copyOfTerraform(folder = mkdtempSync(join(tmpdir(), "terraform-"))): string {
  const isSource = (path: string) => !/\/\.terraform|\.tfstate/.test(path);
  cpSync(join(ROOT, "terraform"), folder, { recursive: true, filter: isSource });
  return folder;
}

/** Runs terraform in a folder. `env`: on top of what it needs to find providers. */
export function terraform(folder: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const options = { cwd: folder, env: terraformEnv(env), maxBuffer: 100 << 20 };
  return new Promise((resolve) => {
    const child = execFile("terraform", args, options, (_, stdout, stderr) =>
      resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
}

/** The variables it needs to find providers, and these. */
export function terraformEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...process.env, ...MIRROR, ...env };
}

/** The same, of a command that has to succeed: its standard output. */
export async function terraformOutput(folder: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { status, stdout, stderr } = await terraform(folder, args, env);
  if (status !== 0) throw new Error(`terraform ${args.join(" ")} has failed:\n${stderr}\n${stdout}`);
  return stdout;
}

/** What is not on this machine, if something is not. */
export function missingTerraform(): string | undefined {
  return missingProgram(["terraform"]);
}

/** The same with the AWS provider: from the registry or, where that cannot be reached, installed on the machine. */
export function missingProvider(): string | undefined {
  const missing = missingTerraform();
  if (missing || canInit(MIRROR)) return missing;
  const mirror = canInit(DOWNLOAD) ? DOWNLOADED : findMirror();
  if (mirror === undefined) return "Terraform's AWS provider can neither be downloaded nor found on this machine";
  writeFileSync(MIRROR_CONFIG, mirrorConfig(mirror));
  return undefined;
}

function canInit(env: NodeJS.ProcessEnv): boolean {
  mkdirSync(DOWNLOADED, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "terraform-provider-"));
  cpSync(join(ROOT, "terraform", "versions.tf"), join(folder, "versions.tf"));
  const { status } = spawnSync("terraform", ["init"], { cwd: folder, env: { ...process.env, ...env } });
  rmSync(folder, { recursive: true });
  return status === 0;
}

/** A mirror is MIRROR/registry.terraform.io/hashicorp/aws/VERSION/PLATFORM/FILE, and may be anywhere. */
function findMirror(): string | undefined {
  const search = ["/", "-xdev", "-path", "*/hashicorp/aws/*", "-name", "terraform-provider-aws_v*", "-type", "f"];
  const { stdout } = spawnSync("find", [...search, "-not", "-path", "*/.terraform/*", "-print", "-quit"], {
    encoding: "utf8",
  });
  return stdout.trim() ? realpathSync(resolve(stdout.trim(), "../../../../../..")) : undefined;
}

function mirrorConfig(path: string): string {
  return `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }\n}\n`;
}
