//! `process.execve(file[, args[, env]])`, as Node documents it.

use crate::{
    failure::{self, Failure},
    inherited::{self, Inherited},
};
use rquickjs::{Ctx, Object, Result, prelude::Opt};
use std::{
    ffi::{CString, OsString, c_char},
    io,
    os::unix::ffi::OsStringExt,
    ptr,
};

/// Replaces this process; returns only by throwing, with Node's `code`. Strings that were inherited
/// and not changed keep their bytes, whether or not those are UTF-8.
pub fn execve<'js>(ctx: Ctx<'js>, file: String, args: Opt<Vec<String>>, env: Opt<Object<'js>>) -> Result<()> {
    let args = args.0.unwrap_or_default();
    let env = match env.0 {
        Some(env) => env,
        None => ctx.globals().get::<_, Object>("process")?.get("env")?,
    };
    let variables = env.props::<String, String>().collect::<Result<Vec<_>>>()?;
    let failure = match first_with_nul(&file, &args, &variables) {
        Some(what) => Failure::new("ERR_INVALID_ARG_VALUE", "execve", format!("{what} contains a null byte")),
        None => replace(&file, &args, &variables),
    };
    Err(failure::throw(&ctx, failure))
}

fn replace(file: &str, args: &[String], variables: &[(String, String)]) -> Failure {
    let known = inherited::args();
    let path = c_string(inherited::bytes_of(file, &known).to_owned());
    let argv: Vec<CString> = inherited::bytes_of_all(args, &known).into_iter().map(c_string).collect();
    let envp: Vec<CString> = variables_in_bytes(variables).into_iter().map(c_string).collect();
    exec_failure(file, &exec(&path, &argv, &envp))
}

/// Not `std::process::Command`: that one searches PATH and may give a file of no known format to a shell.
fn exec(path: &CString, argv: &[CString], envp: &[CString]) -> io::Error {
    let (argv, envp) = (pointers(argv), pointers(envp));
    unsafe {
        // Rust's start-up had set it to be ignored, which the next program would inherit.
        let ignored = libc::signal(libc::SIGPIPE, libc::SIG_DFL);
        libc::execve(path.as_ptr(), argv.as_ptr(), envp.as_ptr());
        let error = io::Error::last_os_error();
        libc::signal(libc::SIGPIPE, ignored);
        error
    }
}

fn c_string(bytes: OsString) -> CString {
    CString::new(bytes.into_vec()).expect("checked for null bytes")
}

fn pointers(strings: &[CString]) -> Vec<*const c_char> {
    strings.iter().map(|string| string.as_ptr()).chain([ptr::null()]).collect()
}

fn variables_in_bytes(variables: &[(String, String)]) -> Vec<OsString> {
    let inherited = inherited::env();
    let unchanged = |name: &str, value: &str| {
        let same = |((n, _), (v, _)): &&(Inherited, Inherited)| n == name && v == value;
        inherited.iter().find(same).map(|((_, name), (_, value))| (name.clone(), value.clone()))
    };
    let joined = |(name, value): &(String, String)| {
        let (mut variable, value) = unchanged(name, value).unwrap_or((name.into(), value.into()));
        variable.push("=");
        variable.push(value);
        variable
    };
    variables.iter().map(joined).collect()
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
