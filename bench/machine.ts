import { cpus, release } from "node:os";

export function describeMachine(): string {
  const all = cpus();
  return `${all.length} × ${all[0]?.model ?? "unknown CPU"}, Linux ${release()}, Node ${process.version}`;
}
