//! Runs JavaScript bytecode: `engine PROGRAM.qbc [args…]`; makes it: `engine compile IN.js OUT.qbc`.

mod compile;
mod execve;
mod failure;
mod http;
mod inherited;
mod parts;
mod pool;
mod process;
mod request;
mod run;
mod tls;

use std::{path::Path, process::ExitCode};

const USAGE: &str = "usage: engine PROGRAM.qbc [args...]\n       engine compile IN.js OUT.qbc";

fn main() -> ExitCode {
    forbid_core_dumps();
    let args = inherited::args();
    let words: Vec<&str> = args.iter().map(|(text, _)| text.as_str()).collect();
    let outcome = match words[..] {
        [_, "compile", input, output] => compile::compile(Path::new(input), Path::new(output)),
        [_, program, ..] if program != "compile" => run::run(Path::new(program)),
        _ => Err(USAGE.into()),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("engine: {error}");
        ExitCode::from(2)
    })
}

/// A crash must not write the program's memory to disk. Undone by the kernel at execve.
fn forbid_core_dumps() {
    unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 0) };
}
