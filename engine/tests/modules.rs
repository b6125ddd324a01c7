//! Node's modules and globals, as far as programs use them.

mod common;

use common::{run, stdout_of, success, text};
use std::{fs, os::unix::fs::PermissionsExt};

#[test]
fn crypto_hashes() {
    let source = "import { createHash } from 'node:crypto';
        process.stdout.write(createHash('sha256').update('abc').digest('hex'))";
    assert_eq!(stdout_of(source), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/// RFC 4231, test case 2.
#[test]
fn crypto_signs() {
    let source = "import { createHmac } from 'node:crypto';
        process.stdout.write(createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex'))";
    assert_eq!(stdout_of(source), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

#[test]
fn fs_tells_files_from_directories() {
    let source = "import { statSync } from 'node:fs';
        const kind = (path) => { try { return statSync(path).isFile() } catch { return 'absent' } };
        process.stdout.write(process.argv.slice(2).map(kind).join())";
    let file = tempfile::NamedTempFile::new().unwrap();
    let output = run(source, &[file.path().as_os_str(), "/tmp".as_ref(), "/nosuch".as_ref()]);
    assert_eq!(text(success(output)), "true,false,absent");
}

#[test]
fn fs_tells_executable_files() {
    let source = "import { accessSync, constants } from 'node:fs';
        const executable = (path) => { try { accessSync(path, constants.X_OK); return true } catch { return false } };
        process.stdout.write(process.argv.slice(2).map(executable).join())";
    let directory = tempfile::tempdir().unwrap();
    let paths = [0o644, 0o755].map(|mode| {
        let path = directory.path().join(format!("{mode:o}"));
        fs::write(&path, "").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    });
    assert_eq!(text(success(run(source, &paths))), "false,true");
}

#[test]
fn text_becomes_bytes_and_back() {
    let source = "const bytes = new TextEncoder().encode('ü€');
        const text = new TextDecoder().decode(bytes);
        process.stdout.write(`${[...bytes]} ${text} ${Buffer.from(text).toString('base64')}`)";
    assert_eq!(stdout_of(source), "195,188,226,130,172 ü€ w7zigqw=");
}

#[test]
fn a_decoder_can_reject_what_is_not_utf_8() {
    let source = "const decoder = new TextDecoder('utf-8', { fatal: true });
        try { decoder.decode(new Uint8Array([255])) } catch (error) { process.stdout.write(error.name) }";
    assert_eq!(stdout_of(source), "TypeError");
}

#[test]
fn urls_have_parts() {
    let source = "const { hostname, port, pathname, search } = new URL('https://host.example:8443/a/b?c=d');
        process.stdout.write([hostname, port, pathname, search].join(' '))";
    assert_eq!(stdout_of(source), "host.example 8443 /a/b ?c=d");
}

#[test]
fn an_abort_reaches_its_listeners() {
    let source = "const controller = new AbortController();
        controller.signal.addEventListener('abort', () => process.stdout.write('aborted '));
        controller.abort();
        process.stdout.write(String(controller.signal.aborted))";
    assert_eq!(stdout_of(source), "aborted true");
}

#[test]
fn time_passes() {
    let source = "const start = performance.now();
        const cancelled = setTimeout(() => process.stdout.write('not cancelled'), 10);
        clearTimeout(cancelled);
        await new Promise((resolve) => setTimeout(resolve, 50));
        const elapsed = performance.now() - start;
        process.stdout.write(String(elapsed >= 49 && elapsed < 2000))";
    assert_eq!(stdout_of(source), "true");
}

#[test]
fn env_has_only_variables() {
    assert_eq!(stdout_of("process.stdout.write(String(process.env.constructor))"), "undefined");
}
