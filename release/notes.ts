// Usage: npx tsx release/notes.ts X.Y.Z ARNS.json. Prints a release's notes: its changelog and the layers' ARNs.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../layer/paths.ts";
import { renderNotes } from "./render-notes.ts";

const [version = "", arns = ""] = process.argv.slice(2);
console.log(
  renderNotes(readFileSync(join(ROOT, "CHANGELOG.md"), "utf8"), version, JSON.parse(readFileSync(arns, "utf8"))),
);
