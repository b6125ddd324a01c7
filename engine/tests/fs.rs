//! Node's `fs`, where llrt's falls short of it.

mod common;

use common::{Program, stdout_of, success, text};
use std::{
    fs,
    os::unix::{
        fs::{PermissionsExt, symlink},
        process::CommandExt,
    },
    path::Path,
    process::Command,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    thread,
};
use tempfile::tempdir;

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}

fn command(source: &str, path: &Path) -> Command {
    let program = Box::leak(Box::new(Program::new(source)));
    let mut command = program.command();
    command.arg(path);
    command
}

/// What a program writes that gets a path.
fn with_path(source: &str, path: &Path) -> String {
    text(success(command(source, path).output().unwrap()))
}

const WRITE_NEW: &str = "import { writeFileSync } from 'node:fs';
    try { writeFileSync(process.argv[2], 'ü', { flag: 'wx', mode: 0o640 }) }
    catch (error) { process.stdout.write(`${error.code} ${error.phase}`) }";

#[test]
fn a_new_file_has_its_mode_but_for_the_umask() {
    for (umask, expected) in [(0, 0o640), (0o022, 0o640), (0o077, 0o600)] {
        let path = tempdir().unwrap().keep().join("file");
        let mut command = command(WRITE_NEW, &path);
        unsafe {
            command.pre_exec(move || {
                libc::umask(umask);
                Ok(())
            })
        };
        success(command.output().unwrap());
        assert_eq!((mode(&path), fs::read_to_string(&path).unwrap().as_str()), (expected, "ü"));
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }
}

#[test]
fn a_new_file_takes_the_place_of_nothing_not_even_of_a_link() {
    let folder = tempdir().unwrap();
    let [file, link, free] = ["file", "link", "free"].map(|name| folder.path().join(name));
    fs::write(&file, "kept").unwrap();
    symlink(&free, &link).unwrap();
    assert_eq!(with_path(WRITE_NEW, &file), "EEXIST open");
    assert_eq!(with_path(WRITE_NEW, &link), "EEXIST open");
    assert_eq!((fs::read_to_string(&file).unwrap().as_str(), free.exists()), ("kept", false));
}

#[test]
fn bytes_are_written_as_they_are() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("file");
    let source = "import { writeFileSync } from 'node:fs';
        const bytes = Buffer.from([9, 0, 255, 10, 9]);
        writeFileSync(process.argv[2], 'longer than what follows');
        writeFileSync(process.argv[2], bytes.subarray(1, 4))";
    with_path(source, &path);
    assert_eq!(fs::read(&path).unwrap(), [0, 255, 10]);
}

#[test]
fn a_file_over_the_limit_is_an_error_and_the_signal_is_as_before() {
    let folder = tempdir().unwrap();
    let source = "import { writeFileSync } from 'node:fs';
        try { writeFileSync(process.argv[2], 'x'.repeat(5000), { flag: 'wx' }) }
        catch (error) { process.stdout.write(`${error.code} ${error.phase} `) }
        process.execve('/bin/sh', ['sh', '-c', 'grep SigIgn /proc/self/status'], {})";
    let mut command = command(source, &folder.path().join("file"));
    unsafe {
        command.pre_exec(|| {
            let limit = libc::rlimit { rlim_cur: 1000, rlim_max: 1000 };
            libc::setrlimit(libc::RLIMIT_FSIZE, &limit);
            Ok(())
        })
    };
    let output = text(success(command.output().unwrap()));
    let (error, ignored) = output.split_once(" SigIgn:").unwrap();
    let ignored = u64::from_str_radix(ignored.trim(), 16).unwrap();
    assert_eq!((error, ignored >> (libc::SIGXFSZ - 1) & 1), ("EFBIG write", 0));
}

#[test]
fn directories_have_their_mode() {
    let folder = tempdir().unwrap();
    let source = "import { mkdirSync } from 'node:fs';
        process.umask(0);
        mkdirSync(process.argv[2] + '/one', { mode: 0o700 });
        mkdirSync(process.argv[2] + '/two/three', { mode: 0o750, recursive: true });
        mkdirSync(process.argv[2] + '/two/three', { recursive: true });
        try { mkdirSync(process.argv[2] + '/one') } catch (error) { process.stdout.write(error.code) }";
    assert_eq!(with_path(source, folder.path()), "EEXIST");
    let modes = ["one", "two", "two/three"].map(|name| mode(&folder.path().join(name)));
    assert_eq!(modes, [0o700, 0o750, 0o750]);
}

/// llrt's own fails in most runs of this.
#[test]
fn a_directory_is_read_while_files_in_it_come_and_go() {
    let folder = tempdir().unwrap();
    let path = folder.path().to_owned();
    let source = "import { readdirSync } from 'node:fs';
        let found = 0;
        for (let run = 0; run < 300; run++) found += readdirSync(process.argv[2]).includes('stays');
        let code;
        try { readdirSync(process.argv[2] + '/none') } catch (error) { code = error.code }
        process.stdout.write(`${found} ${code}`)";
    fs::write(path.join("stays"), "").unwrap();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for index in (0..50).cycle().take_while(|_| !done.load(Relaxed)) {
                let other = path.join(format!("other{index}"));
                fs::write(&other, "").and_then(|()| fs::remove_file(&other)).unwrap();
            }
        });
        let output = command(source, &path).output();
        done.store(true, Relaxed);
        assert_eq!(text(success(output.unwrap())), "300 ENOENT");
    });
}

#[test]
fn links_are_made_read_renamed_and_removed() {
    let folder = tempdir().unwrap();
    let source = "import { readlinkSync, renameSync, symlinkSync, unlinkSync } from 'node:fs';
        const [a, b] = ['a', 'b'].map((name) => `${process.argv[2]}/${name}`);
        symlinkSync('nowhere', a);
        renameSync(a, b);
        const target = readlinkSync(b);
        unlinkSync(b);
        const codes = [() => readlinkSync(b), () => readlinkSync(process.argv[2]), () => renameSync(a, b), () => unlinkSync(a)]
            .map((act) => { try { act() } catch (error) { return error.code } });
        process.stdout.write([target, ...codes].join(' '))";
    assert_eq!(with_path(source, folder.path()), "nowhere ENOENT EINVAL ENOENT ENOENT");
}

#[test]
fn the_umask_is_set_and_given_back() {
    assert_eq!(stdout_of("process.umask(0o27); process.stdout.write(String(process.umask(0o22)))"), "23");
}
