//! Runs JavaScript bytecode: `engine PROGRAM.qbc [args…]`; makes it: `engine compile IN.js OUT.qbc`.

mod compile;
mod connect;
mod connection;
mod crash;
mod deadline;
mod execve;
mod failure;
mod fs;
mod hedge;
mod http;
mod inherited;
mod memory;
mod modules;
mod network;
mod opening;
mod os_string;
mod pool;
mod process;
mod proxy;
mod request;
mod resolve;
mod run;
#[cfg(feature = "server")]
mod server;
mod stack;
mod thread;
mod tls;
mod url;
mod way;

use std::{env, ffi::OsString, path::Path, process::ExitCode};

#[global_allocator]
static MEMORY: memory::Memory = memory::Memory;

const USAGE: &str = "usage: engine PROGRAM.qbc [args...]\n       engine compile IN.js OUT.qbc";

fn main() -> ExitCode {
    forbid_core_dumps();
    memory::give_back_at_once();
    crash::report_panics();
    let args: Vec<OsString> = env::args_os().collect();
    let outcome = match &args[..] {
        [_, command, input, output] if command == "compile" => compile::compile(Path::new(input), Path::new(output)),
        [_, program, ..] if program != "compile" => run::run(Path::new(program)),
        _ => Err(USAGE.into()),
    };
    outcome.unwrap_or_else(|error| {
        failure::report(error);
        ExitCode::from(failure::EXIT)
    })
}

/// A crash must not write the program's memory to disk. Undone by the kernel at execve.
fn forbid_core_dumps() {
    unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 0) };
}
