import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ensureBuilt, runTool } from "./ensure-built.ts";
import { ROOT } from "./paths.ts";

const SAME_RUSTC = join(ROOT, "layer", "same-rustc");

/** What the engine calls folders of its sources, wherever a machine has them; its own are relative to the crate. */
const PLACES = { cargo: "/cargo", target: "/target" };

/** Variables for cargo: no path, no time and no random order gets into what it compiles, from Rust or C. */
export function reproducibleFlags(target: string): Record<string, string> {
  const paths = Object.entries({
    [process.env.CARGO_HOME ?? join(homedir(), ".cargo")]: PLACES.cargo,
    ...ofLibrary(),
    // The last that matches counts, and this folder may be within another.
    [target]: PLACES.target,
  });
  return {
    CARGO_ENCODED_RUSTFLAGS: paths.map(([from, to]) => `--remap-path-prefix=${from}=${to}`).join("\x1f"),
    CFLAGS: [...paths.map(([from, to]) => `'-ffile-prefix-map=${from}=${to}'`), ...WITHOUT_TIME].join(" "),
    CC_SHELL_ESCAPED_FLAGS: "1",
    RUSTC_WRAPPER: join(sameRustc(), "rustc"),
  };
}

/** mimalloc would say when it was compiled. Not by SOURCE_DATE_EPOCH: zig keeps objects, whatever that is. */
const WITHOUT_TIME = ["-Wno-builtin-macro-redefined", `'-D__DATE__=""'`, `'-D__TIME__=""'`];

/** The compiler without random numbers: only it, as cargo needs them for TLS. */
function sameRustc(): string {
  return ensureBuilt(SAME_RUSTC, ["getrandom.c", "rustc"], (sources, folder) => {
    cpSync(join(sources, "rustc"), join(folder, "rustc"));
    runTool(sources, "cc", ["-shared", "-fPIC", "-o", join(folder, "getrandom.so"), "getrandom.c"]);
  });
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
