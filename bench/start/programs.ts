import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { LAYER } from "../../layer/paths.ts";
import { nativePrograms, rustWrapper } from "../crates.ts";
import { type Candidate, FLOOR, GO_IN_PARALLEL, GO_IN_TURN, THIS_LAYER } from "./candidates.ts";
import { BUILT, sourceOf } from "./sources.ts";

export async function layer(): Promise<Candidate[]> {
  const wrapper = join(LAYER, "wrapper");
  if (!existsSync(wrapper)) throw new Error(`there is no ${wrapper}: npm run build makes it`);
  return [{ name: THIS_LAYER, command: (program) => [wrapper, ...program], deployed: LAYER }];
}

export async function floor(): Promise<Candidate[]> {
  return [toWrapper(FLOOR, join(nativePrograms(), "floor"))];
}

export async function go(): Promise<Candidate[]> {
  const wrapper = join(BUILT, "go-wrapper");
  execFileSync("go", ["build", "-trimpath", "-ldflags", "-s -w", "-o", wrapper, "."], {
    cwd: sourceOf("go"),
    env: { ...process.env, CGO_ENABLED: "0" },
    stdio: ["ignore", 2, 2],
  });
  return [toWrapper(GO_IN_PARALLEL, wrapper, "-parallel"), toWrapper(GO_IN_TURN, wrapper)];
}

export async function rust(): Promise<Candidate[]> {
  return [toWrapper("Rust SDK, in parallel", rustWrapper())];
}

function toWrapper(name: string, file: string, ...options: string[]): Candidate {
  return { name, command: (program) => [file, ...options, ...program], deployed: file };
}
