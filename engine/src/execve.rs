//! `process.execve(file[, args[, env]])`, as Node documents it.

use crate::{
    failure::{self, Failure},
    inherited::{self, Inherited},
};
use rquickjs::{Ctx, Object, Result, prelude::Opt};
use std::{ffi::OsString, io, os::unix::process::CommandExt, process::Command};

/// Replaces this process; returns only by throwing, with Node's `code`. Strings that were inherited
/// and not changed keep their bytes, whether or not those are UTF-8.
pub fn execve<'js>(ctx: Ctx<'js>, file: String, args: Opt<Vec<String>>, env: Opt<Object<'js>>) -> Result<()> {
    let args = args.0.unwrap_or_default();
    let variables = match env.0 {
        Some(env) => env.props::<String, String>().collect::<Result<Vec<_>>>()?,
        None => inherited::env().into_iter().map(|((name, _), (value, _))| (name, value)).collect(),
    };
    let failure = match first_with_nul(&file, &args, &variables) {
        Some(what) => Failure::new("ERR_INVALID_ARG_VALUE", "execve", format!("{what} contains a null byte")),
        None => replace(&file, &args, &variables),
    };
    Err(failure::throw(&ctx, failure))
}

fn replace(file: &str, args: &[String], variables: &[(String, String)]) -> Failure {
    let known = inherited::args();
    let mut args = args.iter().map(|arg| inherited::bytes_of(arg, &known));
    // Also restores SIGPIPE, which Rust's start-up had set to be ignored.
    let mut command = Command::new(inherited::bytes_of(file, &known));
    if let Some(arg0) = args.next() {
        command.arg0(arg0);
    }
    command.args(args).env_clear().envs(bytes_of_variables(variables));
    exec_failure(file, &command.exec())
}

fn bytes_of_variables(variables: &[(String, String)]) -> Vec<(OsString, OsString)> {
    let inherited = inherited::env();
    let unchanged = |name: &str, value: &str| {
        let same = |((n, _), (v, _)): &&(Inherited, Inherited)| n == name && v == value;
        inherited.iter().find(same).map(|((_, name), (_, value))| (name.clone(), value.clone()))
    };
    let bytes = |(name, value): &(String, String)| unchanged(name, value).unwrap_or((name.into(), value.into()));
    variables.iter().map(bytes).collect()
}

fn exec_failure(file: &str, error: &io::Error) -> Failure {
    Failure::new(failure::errno_code(error), "execve", format!("{file}: {error}"))
}

/// The name alone: a value has no place in a message.
fn first_with_nul(file: &str, args: &[String], variables: &[(String, String)]) -> Option<String> {
    if file.contains('\0') {
        return Some("file".into());
    }
    if let Some(index) = args.iter().position(|arg| arg.contains('\0')) {
        return Some(format!("argument {index}"));
    }
    let bad = variables.iter().find(|(name, value)| name.contains('\0') || value.contains('\0'));
    bad.map(|(name, _)| format!("environment variable {name:?}"))
}
