//! What the program gets of what the engine was given: environment, signals, descriptors, limits.

mod common;

use common::{ENGINE, Program, http::answer_all, server::serve, strings, success, text};
use std::{
    ffi::{CString, c_char, c_int},
    io, mem,
    ops::RangeInclusive,
    os::unix::{ffi::OsStrExt, process::CommandExt},
    process::{Command, Output, Stdio},
    ptr,
    time::{Duration, Instant},
};

/// Runs a program with exactly this environment, whatever it holds.
fn run_with(source: &str, environment: &[&[u8]]) -> Output {
    let program = Program::new(source);
    let c_string = |bytes: &[u8]| CString::new(bytes).unwrap();
    let argv = [c_string(ENGINE.as_bytes()), c_string(program.bytecode.as_os_str().as_bytes())];
    let envp: Vec<CString> = environment.iter().map(|variable| c_string(variable)).collect();
    let mut command = program.command();
    unsafe {
        command.pre_exec(move || {
            let pointers = |strings: &[CString]| -> Vec<*const c_char> {
                strings.iter().map(|string| string.as_ptr()).chain([ptr::null()]).collect()
            };
            libc::execve(argv[0].as_ptr(), pointers(&argv).as_ptr(), pointers(&envp).as_ptr());
            Err(io::Error::last_os_error())
        });
    }
    command.output().unwrap()
}

fn environment_after(change: &str, inherited: &[&[u8]]) -> Vec<Vec<u8>> {
    let source = format!("{change}; process.execve('/bin/cat', ['cat', '/proc/self/environ'], process.env)");
    let output = success(run_with(&source, inherited));
    strings(&output).into_iter().map(<[u8]>::to_vec).collect()
}

#[test]
fn a_new_value_is_told_from_inherited_bytes_that_look_like_it() {
    let inherited: [&[u8]; 2] = [b"A=x\xff", b"B=x\xff"];
    let expected = ["A=x\u{fffd}".as_bytes(), b"B=x\xff"];
    assert_eq!(environment_after("process.env.A = 'x\\uFFFD'", &inherited), expected);
}

#[test]
fn names_that_look_the_same_are_different_variables() {
    let inherited: [&[u8]; 3] = [b"N\xff=1", b"N\xfe=2", "N\u{fffd}=3".as_bytes()];
    assert_eq!(environment_after("", &inherited), inherited);
}

#[test]
fn every_sequence_of_bytes_stays() {
    let bytes: Vec<u8> = (1..=255).collect();
    let alone = bytes.iter().map(|byte| vec![*byte]);
    let after = bytes.iter().map(|byte| [&[0xED, 0xA0], &[*byte][..], &[0xBF, 0xF0, 0x9F, 0x98]].concat());
    let values = alone.chain(after).chain([bytes.clone(), "ü€😀".into(), "😀\u{d7ff}\u{e000}".into()]);
    let variables: Vec<Vec<u8>> =
        values.enumerate().map(|(index, value)| [format!("V{index}=").as_bytes(), &value].concat()).collect();
    let variables: Vec<&[u8]> = variables.iter().map(Vec::as_slice).collect();
    assert_eq!(environment_after("", &variables), variables);
}

#[test]
fn of_two_variables_with_one_name_the_first_counts() {
    let inherited: [&[u8]; 3] = [b"A=first", b"B=1", b"A=second"];
    assert_eq!(environment_after("", &inherited), [b"A=first".as_slice(), b"B=1"]);
    assert_eq!(environment_after("process.env.A = 'new'", &inherited), [b"A=new".as_slice(), b"B=1"]);
}

#[test]
fn odd_variables_stay_but_what_is_none_does_not() {
    let inherited: [&[u8]; 6] = [b"=C:=x", b"=y", b"none", b"", b"A=", b"spring.x-y z=1"];
    assert_eq!(environment_after("", &inherited), [b"=C:=x".as_slice(), b"=y", b"A=", b"spring.x-y z=1"]);
}

#[test]
fn no_variable_is_there_for_the_engine_itself() {
    let source = "process.stdout.write(`${new Date(0).getTimezoneOffset()} ${process.env.TZ}`)";
    assert_eq!(text(success(run_with(source, &[b"TZ=EST5"]))), "0 EST5");
}

/// What `cat` finds of itself in /proc, after a program that has used what the engine has.
fn after_engine(file: &str, prepare: fn()) -> String {
    let source = format!(
        "const options = {{ method: 'GET', url: 'http://127.0.0.1:1/', headers: {{}}, timeoutMs: 999 }};
        await httpRequest(options).catch(() => {{}});
        process.execve('/bin/cat', ['cat', '{file}'], process.env)"
    );
    let program = Program::new(&source);
    text(success(prepared(program.command(), prepare).output().unwrap()))
}

fn without_engine(file: &str, prepare: fn()) -> String {
    let mut command = Command::new("/bin/cat");
    command.arg(file);
    text(success(prepared(command, prepare).output().unwrap()))
}

fn prepared(mut command: Command, prepare: fn()) -> Command {
    let prepare = move || {
        prepare();
        Ok(())
    };
    unsafe { command.stdin(Stdio::null()).pre_exec(prepare) };
    command
}

fn signals(status: &str) -> Vec<&str> {
    status.lines().filter(|line| ["SigBlk", "SigIgn", "SigCgt"].contains(&&line[..6.min(line.len())])).collect()
}

/// All others are at their default, and not blocked.
fn set_signals(ignored: &[c_int], blocked: &[c_int]) {
    unsafe {
        for signal in ALL_SIGNALS {
            libc::signal(signal, if ignored.contains(&signal) { libc::SIG_IGN } else { libc::SIG_DFL });
        }
        let mut mask = mem::zeroed();
        libc::sigemptyset(&mut mask);
        blocked.iter().for_each(|signal| assert_eq!(libc::sigaddset(&mut mask, *signal), 0));
        libc::sigprocmask(libc::SIG_SETMASK, &mask, ptr::null_mut());
    }
}

const ALL_SIGNALS: RangeInclusive<c_int> = 1..=31;

#[test]
fn signals_have_their_inherited_dispositions_and_mask() {
    let preparations: [fn(); 5] = [
        || set_signals(&[], &[]),
        || set_signals(&[libc::SIGPIPE], &[]),
        || set_signals(&[libc::SIGXFSZ, libc::SIGHUP], &[libc::SIGPIPE]),
        || set_signals(&[libc::SIGSEGV, libc::SIGBUS, libc::SIGABRT], &[libc::SIGTERM, libc::SIGUSR1]),
        || set_signals(&ALL_SIGNALS.collect::<Vec<_>>(), &ALL_SIGNALS.collect::<Vec<_>>()),
    ];
    for prepare in preparations {
        let expected = without_engine("/proc/self/status", prepare);
        assert_eq!(signals(&expected).len(), 3);
        assert_eq!(signals(&after_engine("/proc/self/status", prepare)), signals(&expected));
    }
}

#[test]
fn limits_are_the_inherited_ones() {
    let halve = || unsafe {
        for resource in [libc::RLIMIT_STACK, libc::RLIMIT_NOFILE, libc::RLIMIT_CORE] {
            let mut limit: libc::rlimit = mem::zeroed();
            libc::getrlimit(resource, &mut limit);
            limit.rlim_cur /= 2;
            libc::setrlimit(resource, &limit);
        }
    };
    assert_eq!(after_engine("/proc/self/limits", halve), without_engine("/proc/self/limits", halve));
}

/// Which of the standard descriptors a shell has, as the bits of a number.
fn open_after(source: &str, close: fn()) -> i32 {
    prepared(Program::new(source).command(), close).status().unwrap().code().unwrap()
}

const FIND_OPEN: &str = "process.execve('/bin/sh', ['sh', '-c', `
    open=0; for fd in 0 1 2; do [ ! -e /proc/$$/fd/$fd ] || open=$((open | 1 << fd)); done; exit $open`], process.env)";

#[test]
fn standard_descriptors_that_were_closed_stay_closed() {
    assert_eq!(open_after(FIND_OPEN, || ()), 0b111);
    assert_eq!(open_after(FIND_OPEN, || close_all(&[0])), 0b110);
    assert_eq!(open_after(FIND_OPEN, || close_all(&[1, 2])), 0b001);
    assert_eq!(open_after(FIND_OPEN, || close_all(&[0, 1, 2])), 0);
}

fn close_all(descriptors: &[c_int]) {
    descriptors.iter().for_each(|descriptor| assert_eq!(unsafe { libc::close(*descriptor) }, 0));
}

#[test]
fn what_is_opened_is_not_taken_for_standard_error() {
    let port = serve(|mut stream| answer_all(&mut stream, 200, b"body"));
    let source = format!(
        "process.stderr.write('lost');
        const options = {{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 9999 }};
        const sent = httpRequest(options);
        process.stderr.write('lost');
        const {{ status }} = await sent;
        process.stderr.write('lost');
        process.exit(status === 200 ? 7 : 1)"
    );
    assert_eq!(open_after(&source, || close_all(&[0, 1, 2])), 7);
}

/// How long a program takes that gets this many variables and passes them on; the least of some runs.
fn time_with(variables: usize) -> Duration {
    let program = Program::new("process.execve('/bin/true', ['true'], process.env)");
    let run = |_| {
        let mut command = program.command();
        command.envs((0..variables).map(|index| (format!("V{index}"), "value")));
        let start = Instant::now();
        assert!(command.status().unwrap().success());
        start.elapsed()
    };
    (0..5).map(run).min().unwrap()
}

#[test]
fn the_time_is_linear_in_variables() {
    let (few, many) = (time_with(10_000), time_with(40_000));
    assert!(many < few * 10, "{few:?} for 10,000, {many:?} for 40,000");
}

#[test]
fn the_allocator_takes_no_orders_from_variables() {
    let output = run_with("process.stdout.write('alive')", &[b"MIMALLOC_VERBOSE=1", b"MIMALLOC_DISALLOW_OS_ALLOC=1"]);
    assert_eq!((text(output.stdout).as_str(), text(output.stderr).as_str()), ("alive", ""));
}
