import { arch, homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
export const DIST = join(ROOT, "dist");

/** The tree as it lands in /opt. */
export const LAYER = join(DIST, "layer");

/** The same as a zip, for this machine's architecture, named as Lambda names it. */
export const LAYER_ZIP = join(DIST, `secrets-wrapper-${arch() === "arm64" ? "arm64" : "x86_64"}.zip`);

/** What is slow to make, outside of the checkout so that a clean one does not make it again. */
export const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "lambda-secrets-wrapper");
