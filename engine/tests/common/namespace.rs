//! A mount namespace in which the machine's /etc/hosts is another: host names with the addresses a test needs.

use super::{ENGINE, Program};
use std::{
    env, fs,
    process::{Command, Output},
};

/// Runs it where /etc/hosts has this content.
pub fn with_hosts(hosts: &str, program: &Program) -> Output {
    let file = program.directory.path().join("hosts");
    fs::write(&file, hosts).unwrap();
    let script = "mount --bind \"$0\" /etc/hosts && exec \"$@\"";
    let mut command = unshare();
    command.args(["sh", "-c", script]).arg(file).arg(ENGINE).arg(&program.bytecode).output().unwrap()
}

/// False, and said aloud, where there are no such namespaces. In CI that is a failure.
pub fn is_possible() -> bool {
    let output = unshare().args(["mount", "--bind", "/etc/hosts", "/etc/hosts"]).output();
    let possible = output.is_ok_and(|output| output.status.success());
    assert!(possible || env::var_os("CI").is_none(), "a mount namespace cannot be had");
    if !possible {
        eprintln!("SKIPPED: a mount namespace cannot be had on this machine");
    }
    possible
}

fn unshare() -> Command {
    let mut command = Command::new("unshare");
    command.arg("--mount");
    if unsafe { libc::geteuid() } != 0 {
        command.arg("--map-root-user");
    }
    command
}
