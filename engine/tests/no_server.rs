//! The engine that a layer has, which can do no more than its program needs.
#![cfg(not(feature = "server"))]

mod common;

use common::{ENGINE, stdout_of};
use std::{fs, process::Command};

#[test]
fn there_is_no_server() {
    let source = "const names = ['node:http', 'http'];
        const kinds = names.map((name) => import(name).then(() => 'there', () => 'none'));
        process.stdout.write(String(await Promise.all(kinds)))";
    assert_eq!(stdout_of(source), "none,none");
    let directory = tempfile::tempdir().unwrap();
    let [input, output] = ["program.mjs", "program.qbc"].map(|name| directory.path().join(name));
    fs::write(&input, "import { createServer } from 'node:http'").unwrap();
    assert!(!Command::new(ENGINE).arg("compile").args([input, output]).status().unwrap().success());
}

#[test]
fn nothing_of_a_server_is_built_in() {
    let engine = fs::read(ENGINE).unwrap();
    for part in ["createServer", "ServerResponse", "timingSafeEqual"] {
        assert!(!engine.windows(part.len()).any(|bytes| bytes == part.as_bytes()), "{part}");
    }
}
