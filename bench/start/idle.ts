import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LAYER } from "../../layer/paths.ts";
import type { Job } from "../measure.ts";

/** A process with nothing to do: its cost is part of everything that is measured around it. */
export function idle(name: string, ...command: string[]): Job {
  return { name, order: { command, env: { PATH: process.env.PATH ?? "" } }, samples: [] };
}

/** The layer's engine with an empty program, which is put into `folder`. */
export function idleEngine(folder: string): Job {
  const engine = join(LAYER, "secrets-wrapper", "engine");
  const source = join(folder, "empty.js");
  const program = join(folder, "empty.qbc");
  writeFileSync(source, "");
  execFileSync(engine, ["compile", source, program], { stdio: ["ignore", "ignore", 2] });
  return idle("Engine with an empty program", engine, program);
}
