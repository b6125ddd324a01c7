//! The program's memory: neither a core file nor another process of the same user may show it.

mod common;

use common::Program;
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    process::{Command, Stdio},
};

/// Of a process that is not dumpable, the kernel gives `/proc/<pid>/mem` to root, so this must be someone else.
fn ordinary_user() -> u32 {
    match unsafe { libc::geteuid() } {
        0 => 12_345,
        user => user,
    }
}

/// Runs a program that copies a line from its input to its output and stays.
fn owns_its_memory(source: &str) -> bool {
    let program = Program::new(source);
    let mut child = as_ordinary_user(&program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.as_ref().unwrap().write_all(b"ready\n").unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let owner = fs::metadata(format!("/proc/{}/mem", child.id())).unwrap().uid();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(line, "ready\n");
    owner == ordinary_user()
}

/// With a copy of the engine, as the original may be in a directory that is closed to others.
fn as_ordinary_user(program: &Program) -> Command {
    let directory = program.directory.path();
    let engine = directory.join("engine");
    common::copy(common::ENGINE, &engine);
    fs::set_permissions(directory, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(engine);
    command.arg(&program.bytecode).uid(ordinary_user());
    command
}

#[test]
fn the_program_is_not_dumpable() {
    assert!(!owns_its_memory("process.stdout.write('ready\\n'); await new Promise((end) => setTimeout(end, 30000))"));
}

#[test]
fn the_next_program_is_dumpable() {
    assert!(owns_its_memory("process.execve('/bin/cat', ['cat'], {})"));
}
