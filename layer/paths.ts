import { arch, homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Architecture, zipName } from "../package/layer-zip.ts";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
export const DIST = join(ROOT, "dist");

/** Of layer: the plain one, or the one with the live cache. */
export type Kind = "plain" | "live";

/** This machine's. */
export const ARCHITECTURE: Architecture = arch() === "arm64" ? "arm64" : "x86_64";

/** For this machine's architecture, the trees as they land in /opt. */
export const LAYER = treePath("plain");
export const LIVE_LAYER = treePath("live");

/** The same as zips. */
export const LAYER_ZIP = zipPath("plain");
export const LIVE_LAYER_ZIP = zipPath("live");

/** What is slow to make, outside of the checkout so that a clean one does not make it again. */
export const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "lambda-secrets-wrapper");

/** The folder of a layer's tree; that of another architecture than this machine's is named after it. */
export function treePath(kind: Kind, architecture = ARCHITECTURE): string {
  const name = kind === "live" ? "live-layer" : "layer";
  return join(DIST, architecture === ARCHITECTURE ? name : `${name}-${architecture}`);
}

export function zipPath(kind: Kind, architecture = ARCHITECTURE): string {
  return join(DIST, zipName(architecture, { live: kind === "live" }));
}
