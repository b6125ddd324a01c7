//! A process that may have little: the engine goes on, or says why it does not.

mod common;

use common::{ENGINE, Program, success, text};
use std::{
    fs::File,
    os::unix::process::CommandExt,
    process::{Command, Output},
};

/// Soft and hard.
fn with_limit(mut command: Command, resource: libc::__rlimit_resource_t, limit: u64) -> Output {
    let set = move || {
        let limit = libc::rlimit { rlim_cur: limit, rlim_max: limit };
        match unsafe { libc::setrlimit(resource, &limit) } {
            0 => Ok(()),
            _ => Err(std::io::Error::last_os_error()),
        }
    };
    unsafe { command.pre_exec(set) };
    command.output().unwrap()
}

fn assert_fails_saying(output: Output, expected: &str) {
    let stderr = text(output.stderr);
    assert_eq!((output.status.code(), stderr.lines().count()), (Some(2), 1), "{} {stderr}", output.status);
    assert!(stderr.starts_with("engine: ") && stderr.contains(expected), "{stderr}");
}

#[test]
fn deep_recursion_is_an_error_that_can_be_caught_whatever_the_stack() {
    let source = "function deep(n) { return n && deep(n - 1) + 1 }
        const nested = '['.repeat(199) + ']'.repeat(199);
        JSON.stringify(JSON.parse(nested)) === nested && process.stdout.write(`${deep(100)} `);
        for (const text of ['['.repeat(1e6), '{\"a\":'.repeat(1e6)]) {
          try { JSON.parse(text) } catch (error) { process.stdout.write(`${error.name} `) }
        }
        try { new RegExp('('.repeat(1e5) + ')'.repeat(1e5)).exec('') } catch { process.stdout.write('caught ') }
        try { deep(1e9) } catch (error) { process.stdout.write(error.name) }";
    let program = Program::new(source);
    for kilobytes in [64, 256, 8192] {
        let output = with_limit(program.command(), libc::RLIMIT_STACK, kilobytes << 10);
        assert_eq!(text(success(output)), "100 RangeError RangeError caught RangeError");
    }
}

#[test]
fn memory_that_is_out_cannot_be_caught() {
    let source = "try { const all = []; for (;;) all.push('x'.repeat(1e5) + all.length) }
        catch { process.stdout.write('caught') }";
    let output = with_limit(Program::new(source).command(), libc::RLIMIT_AS, 200 << 20);
    assert!(output.stdout.is_empty());
    assert_fails_saying(output, "out of memory");
}

#[test]
fn a_file_at_its_limit_is_no_reason_to_stop() {
    let program = Program::new("process.exit(process.stdout.write('text') || process.stderr.write('text') ? 1 : 7)");
    let mut command = program.command();
    let file = || tempfile::tempfile().unwrap();
    command.stdout(file()).stderr(file());
    assert_eq!(with_limit(command, libc::RLIMIT_FSIZE, 0).status.code(), Some(7));
}

#[test]
fn a_report_that_cannot_be_written_changes_no_exit_status() {
    let mut command = Command::new(ENGINE);
    let status = command.arg("/nosuch/program.qbc").stderr(File::create("/dev/full").unwrap()).status().unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn too_few_descriptors_have_a_line() {
    let program = Program::new("");
    // With fewer the C library of a build for this machine cannot be loaded.
    for descriptors in 4..6 {
        let output = with_limit(program.command(), libc::RLIMIT_NOFILE, descriptors);
        assert_fails_saying(output, "no event loop can be made");
    }
}

#[test]
fn the_programs_variables_are_no_orders_to_the_engine() {
    let program = Program::new(
        "const options = { method: 'GET', url: 'http://127.0.0.1:1/', headers: {}, timeoutMs: 9999 };
        const { code } = await httpRequest(options).catch((error) => error);
        process.stdout.write(`${code} ${Object.keys(process.env).length}`)",
    );
    let mut command = program.command();
    let orders =
        [("RUST_MIN_STACK", "1"), ("RUST_BACKTRACE", "full"), ("TOKIO_WORKER_THREADS", "x"), ("LLRT_ASYNC_HOOKS", "1")];
    command.env_clear().envs(orders);
    assert_eq!(text(success(command.output().unwrap())), "ECONNREFUSED 4");
}
