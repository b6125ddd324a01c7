//! `process.execve` that fails: the error, and the program going on.

mod common;

use common::{Program, run, success, text};
use std::{fs, os::unix::fs::PermissionsExt};

/// The error's code, from a program that goes on after it.
fn code(file: &str) -> String {
    let source = "try { process.execve(process.argv[2], ['name'], process.env) }
        catch (error) { await 0; process.stdout.write(`${error.code} ${error.phase}`) }";
    text(success(run(source, &[file])))
}

fn code_of_file_with(content: &str, mode: u32) -> String {
    let directory = tempfile::tempdir().unwrap();
    let (content_path, path) = (directory.path().join("content"), directory.path().join("file"));
    fs::write(&content_path, content).unwrap();
    common::copy(&content_path, &path);
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    code(path.to_str().unwrap())
}

/// Code and message of the error that a call throws.
fn error_of(call: &str) -> String {
    let source =
        format!("try {{ {call} }} catch (error) {{ process.stdout.write(`${{error.code}} ${{error.message}}`) }}");
    common::stdout_of(&source)
}

#[test]
fn a_missing_file() {
    assert_eq!(code("/nosuch/file"), "ENOENT execve");
}

#[test]
fn a_name_is_not_looked_up_in_path() {
    assert_eq!(code("true"), "ENOENT execve");
}

#[test]
fn a_path_through_a_file() {
    assert_eq!(code("/bin/sh/file"), "ENOTDIR execve");
}

#[test]
fn a_file_that_is_not_executable() {
    assert_eq!(code_of_file_with("#!/bin/sh\n", 0o644), "EACCES execve");
}

#[test]
fn a_directory() {
    assert_eq!(code("/tmp"), "EACCES execve");
}

#[test]
fn a_file_in_no_executable_format() {
    assert_eq!(code_of_file_with("echo run by a shell\n", 0o755), "ENOEXEC execve");
}

#[test]
fn a_script_without_its_interpreter() {
    assert_eq!(code_of_file_with("#!/nosuch/interpreter\n", 0o755), "ENOENT execve");
}

#[test]
fn an_environment_that_is_too_large() {
    let source = "try { process.execve('/bin/true', ['true'], { LARGE: 'x'.repeat(3_000_000) }) }
        catch (error) { process.stdout.write(`${error.code} ${error.message.length < 100}`) }";
    assert_eq!(common::stdout_of(source), "E2BIG true");
}

#[test]
fn a_null_byte_in_an_argument() {
    let error = error_of(r"process.execve('/bin/true', ['true', 'secret\0'], {})");
    assert_eq!(error, "ERR_INVALID_ARG_VALUE argument 1 contains a null byte");
}

#[test]
fn a_null_byte_in_a_variable() {
    let error = error_of(r"process.execve('/bin/true', ['true'], { TOKEN: 'secret\0' })");
    assert_eq!(error, "ERR_INVALID_ARG_VALUE environment variable \"TOKEN\" contains a null byte");
}

#[test]
fn a_null_byte_in_a_variables_name() {
    let error = error_of(r"process.execve('/bin/true', ['true'], { 'TOKEN\0X': 'secret' })");
    assert_eq!(error, "ERR_INVALID_ARG_VALUE environment variable \"TOKEN\\0X\" contains a null byte");
}

#[test]
fn half_of_a_surrogate_pair_that_stands_for_no_byte() {
    let fault = "contains half of a surrogate pair";
    for half in ["\\uD800", "\\uDBFF", "\\uDC00", "\\uDC7F", "\\uDD00", "\\uDFFF", "\\uDC80\\uD83D"] {
        let error = |call: &str| error_of(&call.replace("HALF", half));
        let of_variable = error("process.execve('/bin/true', ['true'], { TOKEN: 'secretHALF' })");
        assert_eq!(of_variable, format!("ERR_INVALID_ARG_VALUE environment variable \"TOKEN\" {fault}"));
        let of_name = error("process.execve('/bin/true', ['true'], { 'HALFN': 'secret' })");
        assert!(of_name.starts_with("ERR_INVALID_ARG_VALUE environment variable \"\u{fffd}"), "{of_name}");
        let of_argument = error("process.execve('/bin/true', ['secretHALF'], {})");
        assert_eq!(of_argument, format!("ERR_INVALID_ARG_VALUE argument 0 {fault}"));
        let of_file = error("process.execve('/bin/HALF', ['true'], {})");
        assert_eq!(of_file, format!("ERR_INVALID_ARG_VALUE file {fault}"));
    }
}

#[test]
fn a_null_byte_in_the_file() {
    let error = error_of(r"process.execve('/bin/true\0', ['true'], {})");
    assert_eq!(error, "ERR_INVALID_ARG_VALUE file contains a null byte");
}

#[test]
fn a_closed_output_is_still_no_reason_to_stop() {
    let source = "try { process.execve('/nosuch/file', ['name'], {}) }
        catch { process.exit(process.stdout.write('text') ? 1 : 0) }";
    let program = Program::new(source);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = program.command().stdout(writer).status().unwrap();
    assert_eq!(status.code(), Some(0), "{status}");
}
