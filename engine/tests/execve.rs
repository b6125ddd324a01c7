//! `process.execve`: what the next program gets.

mod common;

use common::{Program, server::serve, strings, success, text};
use std::{
    ffi::OsStr,
    fs::{self, File},
    os::{
        fd::AsRawFd,
        unix::{ffi::OsStrExt, process::CommandExt},
    },
    process::{Command, Stdio},
};

const PRINT_ARGUMENTS: &str =
    r"process.execve('/usr/bin/printf', ['printf', '%s\\0', ...process.argv.slice(2)], process.env)";

fn arguments_after(source: &str, args: &[&[u8]]) -> Vec<u8> {
    let args = args.iter().map(|arg| OsStr::from_bytes(arg));
    success(Program::new(source).command().args(args).output().unwrap())
}

/// Sorted, as the order means nothing.
fn environment_after(change: &str, inherited: &[(&[u8], &[u8])]) -> Vec<Vec<u8>> {
    let source = format!("{change}; process.execve('/bin/cat', ['cat', '/proc/self/environ'], process.env)");
    let variables = inherited.iter().map(|(name, value)| (OsStr::from_bytes(name), OsStr::from_bytes(value)));
    let output = Program::new(&source).command().env_clear().envs(variables).output().unwrap();
    let mut environment: Vec<Vec<u8>> = strings(&success(output)).into_iter().map(<[u8]>::to_vec).collect();
    environment.sort();
    environment
}

#[test]
fn arguments_arrive_exactly() {
    let args: &[&[u8]] = &[b"", b"two words", b"a\nb", b"*", b"$HOME", "ü".as_bytes()];
    assert_eq!(strings(&arguments_after(PRINT_ARGUMENTS, args)), args);
}

#[test]
fn arguments_keep_bytes_that_are_not_utf_8() {
    let args: &[&[u8]] = &[b"a\xffb", b"\xc3"];
    assert_eq!(strings(&arguments_after(PRINT_ARGUMENTS, args)), args);
}

#[test]
fn arguments_that_look_the_same_keep_their_bytes() {
    let args: &[&[u8]] = &[b"\xff", b"\xfe", "\u{fffd}".as_bytes()];
    assert_eq!(strings(&arguments_after(PRINT_ARGUMENTS, args)), args);
}

#[test]
fn an_argument_can_be_passed_twice() {
    let source = r"const arg = process.argv[2]; process.execve('/usr/bin/printf', ['printf', '%s\\0', arg, arg], {})";
    assert_eq!(arguments_after(source, &[b"\xff"]), b"\xff\0\xff\0");
}

#[test]
fn the_first_argument_is_the_programs_name() {
    let source = "process.execve('/bin/cat', ['another name', '/proc/self/cmdline'], {})";
    assert_eq!(arguments_after(source, &[]), b"another name\0/proc/self/cmdline\0");
}

#[test]
fn the_file_can_have_a_name_that_is_not_utf_8() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join(OsStr::from_bytes(b"echo\xff"));
    common::copy("/bin/echo", &file);
    let source = "process.execve(process.argv[2], ['echo', 'found'], {})";
    assert_eq!(arguments_after(source, &[file.as_os_str().as_bytes()]), b"found\n");
}

#[test]
fn inherited_variables_keep_their_bytes() {
    let inherited: [(&[u8], &[u8]); 5] = [
        (b"EMPTY", b""),
        (b"LINES", b"a\nb=c"),
        (b"N\xff", b"name"),
        (b"UTF", "ü".as_bytes()),
        (b"V", b"value\xff\xfe"),
    ];
    let expected: [&[u8]; 5] = [b"EMPTY=", b"LINES=a\nb=c", b"N\xff=name", b"UTF=\xc3\xbc", b"V=value\xff\xfe"];
    assert_eq!(environment_after("", &inherited), expected);
}

#[test]
fn changed_variables_arrive_as_utf_8() {
    let change = "process.env.OLD = 'ü'; process.env['NEW ä'] = '€'; delete process.env.GONE";
    let inherited: [(&[u8], &[u8]); 3] = [(b"GONE", b"1"), (b"KEPT", b"\xff"), (b"OLD", b"\xff")];
    let expected: [&[u8]; 3] = [b"KEPT=\xff", "NEW ä=€".as_bytes(), "OLD=ü".as_bytes()];
    assert_eq!(environment_after(change, &inherited), expected);
}

#[test]
fn without_an_env_argument_it_passes_process_env() {
    let source = "process.env.NEW = '1'; process.execve('/bin/cat', ['cat', '/proc/self/environ'])";
    let output = Program::new(source).command().env_clear().env("OLD", "\u{fc}").output().unwrap();
    assert_eq!(text(success(output)), "OLD=ü\0NEW=1\0");
}

#[test]
fn open_descriptors_stay_open() {
    let source = "process.execve('/bin/sh', ['sh', '-c', 'echo three >/dev/fd/3; echo more >/dev/fd/62'], process.env)";
    let program = Program::new(source);
    let paths = ["three", "sixty-two"].map(|name| program.directory.path().join(name));
    let [three, sixty_two] = paths.each_ref().map(|path| File::create(path).unwrap());
    let mut command = program.command();
    unsafe {
        command.pre_exec(move || {
            // By way of numbers that neither file has, lest one overwrite the other.
            let high = libc::fcntl(three.as_raw_fd(), libc::F_DUPFD_CLOEXEC, 100);
            libc::dup2(sixty_two.as_raw_fd(), 62);
            libc::dup2(high, 3);
            Ok(())
        });
    }
    assert!(command.status().unwrap().success());
    assert_eq!(paths.map(|path| fs::read_to_string(path).unwrap()), ["three\n", "more\n"]);
}

#[test]
fn its_own_descriptors_are_closed() {
    let port = serve(|mut stream| common::http::answer_all(&mut stream, 200, b""));
    let source = format!(
        "await httpRequest({{ method: 'GET', url: 'http://127.0.0.1:{port}/', headers: {{}}, timeoutMs: 5000 }});
        process.execve('/bin/ls', ['ls', '/proc/self/fd'], process.env)"
    );
    let list = |command: &mut Command| text(success(command.stdin(Stdio::null()).output().unwrap()));
    assert_eq!(list(&mut Program::new(&source).command()), list(Command::new("/bin/ls").arg("/proc/self/fd")));
}

#[test]
fn the_process_stays_the_same() {
    let source = "process.execve('/bin/sh', ['sh', '-c', `echo ${process.pid} $$`], {})";
    let program = Program::new(source);
    let child = program.command().stdout(Stdio::piped()).spawn().unwrap();
    let pid = child.id();
    assert_eq!(text(success(child.wait_with_output().unwrap())), format!("{pid} {pid}\n"));
}
