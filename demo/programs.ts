import { spawnSync } from "node:child_process";

/** A program that prints the variables with the given names, a NUL between each. */
export type Program = { name: string; command: (names: string[]) => string[] };

const PROGRAMS: Program[] = [
  {
    name: "node",
    command: (names) => [
      "node",
      "-e",
      'process.stdout.write(process.argv.slice(1).map((name) => process.env[name]).join("\\0"))',
      ...names,
    ],
  },
  {
    name: "python3",
    command: (names) => [
      "python3",
      "-c",
      'import os, sys; sys.stdout.buffer.write(b"\\0".join(os.environb[name.encode()] for name in sys.argv[1:]))',
      ...names,
    ],
  },
  {
    name: "sh",
    command: (names) => ["sh", "-c", `printf '%s\\0' ${names.map((name) => `"$${name}"`).join(" ")}`],
  },
];

/** Those that this machine has. */
export function findPrograms(): Program[] {
  return PROGRAMS.filter(({ name }) => spawnSync(name, ["-c", ""], { stdio: "ignore" }).error === undefined);
}
