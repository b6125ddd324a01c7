//! Programs in several files.

mod common;

use common::{ENGINE, success, text};
use std::{fs, path::Path, process::Command};

/// Compiles each text under its name, and runs the first from another directory.
fn run(modules: &[(&str, &str)]) -> std::process::Output {
    let directory = tempfile::tempdir().unwrap();
    for (name, source) in modules {
        compile(directory.path(), name, source);
    }
    let program = directory.path().join(modules[0].0).with_extension("qbc");
    Command::new(ENGINE).arg(program).current_dir("/").output().unwrap()
}

fn compile(directory: &Path, name: &str, source: &str) {
    let input = directory.join(name).with_extension("mjs");
    fs::write(&input, source).unwrap();
    let output = Command::new(ENGINE).arg("compile").args([&input, &input.with_extension("qbc")]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

const B: (&str, &str) = ("b", "console.log('b'); export const x = 1");

#[test]
fn a_module_is_found_beside_the_program() {
    let a = ("a", "import { x } from './b.mjs'; console.log(x)");
    assert_eq!(text(success(run(&[a, B]))), "b\n1\n");
}

#[test]
fn a_module_is_loaded_when_it_is_imported_dynamically() {
    let a = ("a", "console.log('a'); const { x } = await import('./b.mjs'); console.log(x)");
    assert_eq!(text(success(run(&[a, B]))), "a\nb\n1\n");
}

#[test]
fn a_module_is_evaluated_once() {
    let a = ("a", "import { x } from './b.mjs'; const { y } = await import('./c.mjs'); console.log(x + y)");
    let c = ("c", "import { x } from './b.mjs'; export const y = x");
    assert_eq!(text(success(run(&[a, B, c]))), "b\n2\n");
}

#[test]
fn a_missing_module_is_an_error_that_can_be_caught() {
    let a = ("a", "await import('./none.mjs').catch((error) => console.log(error.message))");
    assert!(text(success(run(&[a]))).contains("./none.mjs"));
}

#[test]
fn a_module_elsewhere_is_not_loaded() {
    let a = ("a", "await import('./../etc/none.mjs').catch((error) => console.log(error.message))");
    assert!(text(success(run(&[a]))).contains("Error resolving module"));
}
