//! The engine where the process may have little, or where the function's variables speak to Rust.

mod common;

use common::{
    ENGINE, Program, copy,
    http::{answer_all, get_program},
    server::serve,
    success, text,
};
use std::{
    fs,
    os::unix::{
        fs::PermissionsExt,
        process::{CommandExt, ExitStatusExt},
    },
    process::{self, Command, Output},
    sync::atomic::{AtomicU32, Ordering},
};
use tempfile::TempDir;

/// A user's that has no other process, which would count.
fn unused_uid() -> u32 {
    static TURN: AtomicU32 = AtomicU32::new(0);
    1_000_000_000 + 1000 * (process::id() % 1_000_000) + TURN.fetch_add(1, Ordering::SeqCst)
}

/// A program that everybody can run, with an engine beside it.
struct Public(Program);

impl Public {
    fn get(options: &str) -> Self {
        let program = Program::new(&get_program(options));
        copy(ENGINE, engine_in(&program.directory));
        open_to_all(&program.directory);
        Self(program)
    }

    /// Runs it as a user without rights, under this limit.
    fn run_with_limit(&self, resource: libc::__rlimit_resource_t, limit: u64) -> Output {
        let mut command = Command::new(engine_in(&self.0.directory));
        command.arg(&self.0.bytecode);
        if unsafe { libc::geteuid() } == 0 {
            let uid = unused_uid();
            command.uid(uid).gid(uid);
        }
        let set_limit = move || {
            let limit = libc::rlimit { rlim_cur: limit, rlim_max: limit };
            match unsafe { libc::setrlimit(resource, &limit) } {
                0 => Ok(()),
                _ => Err(std::io::Error::last_os_error()),
            }
        };
        unsafe { command.pre_exec(set_limit) }.output().unwrap()
    }
}

fn engine_in(directory: &TempDir) -> std::path::PathBuf {
    directory.path().join("engine")
}

fn open_to_all(directory: &TempDir) {
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

fn server() -> u16 {
    serve(|stream| answer_all(stream, 200, b"there"))
}

#[test]
fn stacks_do_not_follow_the_environment() {
    for host in ["127.0.0.1", "localhost"] {
        let program = Program::new(&get_program(&format!("url: 'http://{host}:{}/'", server())));
        for bytes in ["0", "1", "4096", "18446744073709551615"] {
            let output = program.command().env("RUST_MIN_STACK", bytes).output().unwrap();
            assert_eq!(text(success(output)), "200 there", "{host} {bytes}");
        }
    }
}

#[test]
fn an_address_needs_no_second_thread() {
    let program = Public::get(&format!("url: 'http://127.0.0.1:{}/'", server()));
    for threads in 1..=4 {
        assert_eq!(text(success(program.run_with_limit(libc::RLIMIT_NPROC, threads))), "200 there", "{threads}");
    }
}

#[test]
fn a_name_without_a_thread_to_look_it_up() {
    let program = Public::get(&format!("url: 'http://localhost:{}/'", server()));
    for threads in [1, 2] {
        assert_eq!(text(success(program.run_with_limit(libc::RLIMIT_NPROC, threads))), "EAGAIN lookup", "{threads}");
    }
}

/// One for each family, and one of them will do.
#[test]
fn a_name_with_few_threads() {
    if unsafe { libc::geteuid() } != 0 {
        return eprintln!("SKIPPED: only root can take another user's place, of whom nothing else runs");
    }
    let program = Public::get(&format!("url: 'http://localhost:{}/'", server()));
    for threads in [3, 4] {
        assert_eq!(text(success(program.run_with_limit(libc::RLIMIT_NPROC, threads))), "200 there", "{threads}");
    }
}

/// An error of the engine's, or of the request with its code; never a crash.
#[test]
fn any_number_of_files() {
    let program = Public::get(&format!("url: 'http://localhost:{}/'", server()));
    for files in 4..=20 {
        let output = program.run_with_limit(libc::RLIMIT_NOFILE, files);
        assert_eq!(output.status.signal(), None, "{files}: {output:?}");
        let (outcome, fault) = (text(output.stdout), text(output.stderr));
        let named = ["200 there", "EMFILE connect", "EMFILE lookup", "ENOTFOUND lookup", "EAI_AGAIN lookup"];
        assert!(named.contains(&outcome.as_str()) || fault.starts_with("engine: "), "{files}: {outcome} {fault}");
    }
}
