import { arch, homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
export const DIST = join(ROOT, "dist");

/** Of layer: the plain one, or the one with the live cache. */
export type Kind = "plain" | "live";

/** The trees as they land in /opt. */
export const LAYER = join(DIST, "layer");
export const LIVE_LAYER = join(DIST, "live-layer");

/** This machine's, as Lambda names it. */
export const ARCHITECTURE = arch() === "arm64" ? "arm64" : "x86_64";

/** The same as zips, for this machine's architecture. */
export const LAYER_ZIP = join(DIST, `secrets-wrapper-${ARCHITECTURE}.zip`);
export const LIVE_LAYER_ZIP = join(DIST, `secrets-wrapper-live-${ARCHITECTURE}.zip`);

/** What is slow to make, outside of the checkout so that a clean one does not make it again. */
export const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "lambda-secrets-wrapper");
