import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { zigFolder } from "../musl.ts";
import { ROOT } from "../paths.ts";
import type { License } from "./render-licenses.ts";

/** Of what compiler and linker add to every program: Rust's library, musl, and zig's own routines. */
export function libraryLicenses(): License[] {
  const zig = ziglang();
  return [
    { names: ["Rust's standard library"], text: textOf(readFileSync(rustNotice(), "utf8")) },
    { names: ["musl"], text: readFileSync(join(zig, "lib", "libc", "musl", "COPYRIGHT"), "utf8") },
    { names: ["zig's compiler_rt"], text: readFileSync(join(zig, "LICENSE"), "utf8") },
  ];
}

function rustNotice(): string {
  const sysroot = execFileSync("rustc", ["--print", "sysroot"], { cwd: ROOT, encoding: "utf8" }).trim();
  return join(sysroot, "share", "doc", "rust", "COPYRIGHT-library.html");
}

function ziglang(): string {
  const script = "import os, ziglang; print(os.path.dirname(ziglang.__file__))";
  return execFileSync(join(zigFolder(), "python"), ["-c", script], { encoding: "utf8" }).trim();
}

/** Of a page by Rust's own generator, which writes brackets and quotes as numbers. */
function textOf(html: string): string {
  const [, body = ""] = html.split("<body>");
  const text = body.replace(/<[^>]*>/g, "").replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  return text.replace(/[ \t]+$/gm, "").replace(/\n{3,}/g, "\n\n");
}
