//! Compiles JavaScript with the engine's own binary and runs it.
#![allow(dead_code)] // Each test file uses a part of this.

pub mod http;
pub mod live;
pub mod namespace;
pub mod server;
pub mod tls;

use std::{
    ffi::OsStr,
    fs,
    path::PathBuf,
    process::{Command, Output},
};
use tempfile::TempDir;

pub const ENGINE: &str = env!("CARGO_BIN_EXE_engine");

/// A compiled program in a directory of its own.
pub struct Program {
    pub directory: TempDir,
    pub bytecode: PathBuf,
}

impl Program {
    pub fn new(source: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let input = directory.path().join("program.mjs");
        let bytecode = directory.path().join("program.qbc");
        fs::write(&input, source).unwrap();
        let output = Command::new(ENGINE).arg("compile").args([&input, &bytecode]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        Self { directory, bytecode }
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(ENGINE);
        command.arg(&self.bytecode);
        command
    }
}

pub fn run(source: &str, args: &[impl AsRef<OsStr>]) -> Output {
    Program::new(source).command().args(args).output().unwrap()
}

/// What a program writes that is expected to succeed.
pub fn stdout_of(source: &str) -> String {
    text(success(run(source, &[""; 0])))
}

/// The standard output of a success.
pub fn success(output: Output) -> Vec<u8> {
    assert!(output.status.success(), "{output:?}");
    output.stdout
}

pub fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// By another process: had this one the copy open, a fork for another test could keep it busy.
pub fn copy(from: impl AsRef<OsStr>, to: impl AsRef<OsStr>) {
    success(Command::new("cp").args([from.as_ref(), to.as_ref()]).output().unwrap());
}

/// What null bytes end.
pub fn strings(bytes: &[u8]) -> Vec<&[u8]> {
    let strings: Vec<&[u8]> = bytes.split(|byte| *byte == 0).collect();
    strings[..strings.len() - 1].to_vec()
}
