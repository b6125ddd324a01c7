import { execFileSync } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./paths.ts";

/** What the engine calls the folders that it is made of, wherever a machine has them. */
export const PLACES = { checkout: "/checkout", cargo: "/cargo", target: "/target" };

/** Variables for cargo: no path of this machine gets into what it compiles, from Rust or C. */
export function samePaths(target: string): Record<string, string> {
  const paths = Object.entries({
    [join(ROOT, ".")]: PLACES.checkout,
    [process.env.CARGO_HOME ?? join(homedir(), ".cargo")]: PLACES.cargo,
    ...ofLibrary(),
    // The last that matches counts, and this folder may be within another.
    [target]: PLACES.target,
  });
  return {
    CARGO_ENCODED_RUSTFLAGS: paths.map(([from, to]) => `--remap-path-prefix=${from}=${to}`).join("\x1f"),
    CFLAGS: paths.map(([from, to]) => `'-ffile-prefix-map=${from}=${to}'`).join(" "),
    CC_SHELL_ESCAPED_FLAGS: "1",
  };
}

/** Where rustup has the library's sources, the compiler names these, and else what they are called here. */
function ofLibrary(): Record<string, string> {
  const [, commit] = /^commit-hash: (\w+)$/m.exec(rustc("-vV")) ?? [];
  return { [join(rustc("--print", "sysroot").trim(), "lib", "rustlib", "src", "rust")]: `/rustc/${commit}` };
}

/** Of the toolchain that the checkout pins. */
function rustc(...args: string[]): string {
  return execFileSync("rustc", args, { cwd: ROOT, encoding: "utf8" });
}
