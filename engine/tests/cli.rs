//! The command line: arguments, exit codes, what is written where.

mod common;

use common::{ENGINE, Program, run, stdout_of, success, text};
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn engine(args: &[&str]) -> Output {
    Command::new(ENGINE).args(args).output().unwrap()
}

fn compile(input: &Path, output: &Path) -> Output {
    Command::new(ENGINE).arg("compile").args([input, output]).output().unwrap()
}

fn exit_code(source: &str) -> Option<i32> {
    run(source, &[""; 0]).status.code()
}

fn assert_fails_with_2(output: Output, cause: &str) {
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let stderr = text(output.stderr);
    assert!(stderr.starts_with("engine: ") && stderr.contains(cause), "{stderr}");
}

#[test]
fn without_arguments_it_shows_its_usage() {
    assert_fails_with_2(engine(&[]), "usage: engine PROGRAM.qbc");
}

#[test]
fn compile_wants_two_files() {
    assert_fails_with_2(engine(&["compile", "one.mjs"]), "usage: engine PROGRAM.qbc");
}

#[test]
fn compile_names_a_missing_file() {
    let directory = tempfile::tempdir().unwrap();
    let output = directory.path().join("out.qbc");
    assert_fails_with_2(compile(Path::new("/nosuch/in.mjs"), &output), "/nosuch/in.mjs: No such file");
    assert!(!output.exists());
}

#[test]
fn compile_names_a_file_with_a_syntax_error() {
    let directory = tempfile::tempdir().unwrap();
    let (input, output) = (directory.path().join("in.mjs"), directory.path().join("out.qbc"));
    fs::write(&input, "let a = ;").unwrap();
    assert_fails_with_2(compile(&input, &output), &format!("{}: Error: unexpected token", input.display()));
    assert!(!output.exists());
}

#[test]
fn compile_names_an_output_it_cannot_write() {
    let directory = tempfile::tempdir().unwrap();
    let input = directory.path().join("in.mjs");
    fs::write(&input, "").unwrap();
    assert_fails_with_2(compile(&input, Path::new("/nosuch/out.qbc")), "/nosuch/out.qbc: No such file");
}

#[test]
fn bytecode_holds_no_source() {
    let program = Program::new("function twice(number) { return /* a comment */ number + number }; twice(1)");
    let bytecode = fs::read(&program.bytecode).unwrap();
    assert!(!String::from_utf8_lossy(&bytecode).contains("a comment"));
}

#[test]
fn running_names_a_missing_file() {
    assert_fails_with_2(engine(&["/nosuch/program.qbc"]), "/nosuch/program.qbc: No such file");
}

#[test]
fn exit_code_is_0_at_the_end() {
    assert_eq!(exit_code("1 + 1"), Some(0));
}

#[test]
fn exit_code_is_the_programs_own() {
    assert_eq!(exit_code("process.exit(7); throw new Error('not reached')"), Some(7));
}

#[test]
fn exit_code_is_1_after_an_uncaught_error() {
    assert_eq!(exit_code("throw new Error('synchronous')"), Some(1));
    assert_eq!(exit_code("await Promise.resolve(); throw new Error('asynchronous')"), Some(1));
}

#[test]
fn exit_code_is_13_for_an_unsettled_await() {
    assert_eq!(exit_code("await new Promise(() => {})"), Some(13));
}

#[test]
fn exit_code_is_1_for_what_is_not_bytecode() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(&file, "console.log('source')").unwrap();
    let output = Command::new(ENGINE).arg(file.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
}

#[test]
fn an_uncaught_error_goes_to_stderr() {
    let output = run("process.stdout.write('before'); throw new TypeError('its message')", &[""; 0]);
    assert_eq!(text(output.stdout), "before");
    assert!(text(output.stderr).starts_with("engine: uncaught Error: its message\n"));
}

/// Status 1, and that text and nothing else.
fn assert_fails_saying(source: &str, expected: &str) {
    let output = run(source, &[""; 0]);
    assert_eq!((output.status.code(), text(output.stderr).trim_end()), (Some(1), expected), "{source}");
    assert!(output.stdout.is_empty());
}

#[test]
fn an_error_in_a_timer_ends_the_program_without_its_message() {
    let expected = "engine: uncaught error in a callback";
    assert_fails_saying("setTimeout(() => { throw new Error('a value') }, 1)", expected);
    assert_fails_saying("setTimeout(() => { throw 'a value' }, 1); await new Promise(() => {})", expected);
    let later = "setTimeout(() => process.stdout.write('later'), 50)";
    assert_fails_saying(&format!("setImmediate(() => {{ throw new Error('a value') }}); {later}"), expected);
}

#[test]
fn an_unhandled_rejection_fails_without_its_message() {
    let expected = "engine: a promise was rejected, and nothing handles that";
    assert_fails_saying("Promise.reject(new Error('a value'))", expected);
    assert_fails_saying("(async () => { await null; throw 'a value' })()", expected);
    assert_fails_saying("setTimeout(async () => { throw new Error('a value') }, 1)", expected);
}

#[test]
fn a_handled_rejection_is_no_failure() {
    assert_eq!(exit_code("Promise.reject(1).catch(() => {})"), Some(0));
    assert_eq!(exit_code("const late = Promise.reject(1); setTimeout(() => late.catch(() => {}), 5)"), Some(0));
    assert_eq!(exit_code("try { await Promise.reject(1) } catch {}"), Some(0));
    assert_eq!(exit_code("await Promise.allSettled([Promise.reject(1), Promise.reject(2)])"), Some(0));
    assert_eq!(exit_code("await import('./missing.mjs').catch(() => {})"), Some(0));
}

#[test]
fn waits_for_timers() {
    assert_eq!(stdout_of("setTimeout(() => process.stdout.write('later'), 20)"), "later");
}

#[test]
fn endless_recursion_can_be_caught() {
    let source = "function forever() { return forever() + 1 }
        try { forever() } catch (error) { process.stdout.write(error.name) }";
    assert_eq!(stdout_of(source), "RangeError");
}

#[test]
fn argv_is_as_given() {
    let program = Program::new("process.stdout.write(JSON.stringify(process.argv.slice(2)))");
    let output = program.command().args(["", "two words", "a\nb", "*", "--flag", "ü"]).output().unwrap();
    assert_eq!(text(success(output)), r#"["","two words","a\nb","*","--flag","ü"]"#);
}

#[test]
fn argv_starts_with_engine_and_program() {
    let program = Program::new("process.stdout.write(process.argv.join('\\n'))");
    let expected = format!("{ENGINE}\n{}", program.bytecode.display());
    assert_eq!(text(success(program.command().output().unwrap())), expected);
}

#[test]
fn a_closed_output_is_no_reason_to_stop() {
    let program = Program::new("process.exit(process.stdout.write('text') ? 1 : 0)");
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert!(program.command().stdout(writer).status().unwrap().success());
}
