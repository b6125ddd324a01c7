//! `process.execve(file[, args[, env]])`, as Node documents it.

use crate::{
    failure::{self, Failure},
    inherited, os_string,
};
use rquickjs::{Ctx, Object, Result, String as JsString, prelude::Opt};
use std::{
    ffi::{CStr, CString, c_char},
    io, ptr,
};

/// Replaces this process; returns only by throwing, with Node's `code`. Strings that were inherited
/// keep their bytes, whether or not those are UTF-8.
pub fn execve<'js>(
    ctx: Ctx<'js>,
    file: JsString<'js>,
    args: Opt<Vec<JsString<'js>>>,
    env: Opt<Object<'js>>,
) -> Result<()> {
    let env = match env.0 {
        Some(env) => env,
        None => ctx.globals().get::<_, Object>("process")?.get("env")?,
    };
    let path = c_string(&ctx, os_string::to_bytes(&file)?, || "file".into())?;
    let args = args.0.unwrap_or_default().into_iter().enumerate();
    let argv = args.map(|(index, arg)| c_string(&ctx, os_string::to_bytes(&arg)?, || format!("argument {index}")));
    let argv = argv.collect::<Result<Vec<_>>>()?;
    let envp = env.props().map(|property| variable(&ctx, property?)).collect::<Result<Vec<_>>>()?;
    let error = inherited::with_signals(|| exec(&path, &argv, &envp));
    Err(failure::throw(&ctx, exec_failure(&path, &error)))
}

fn variable<'js>(ctx: &Ctx<'js>, (name, value): (JsString<'js>, JsString<'js>)) -> Result<CString> {
    let bytes = os_string::to_bytes(&name)?.zip(os_string::to_bytes(&value)?);
    let joined = bytes.map(|(name, value)| [&name[..], b"=", &value].concat());
    // The name alone: a value has no place in a message.
    c_string(ctx, joined, || format!("environment variable {:?}", os_string::to_utf8(&name).unwrap_or_default()))
}

fn c_string(ctx: &Ctx<'_>, bytes: Option<Vec<u8>>, what: impl FnOnce() -> String) -> Result<CString> {
    let fault = match bytes.map(CString::new) {
        Some(Ok(string)) => return Ok(string),
        Some(Err(_)) => "contains a null byte",
        None => "contains half of a surrogate pair",
    };
    let message = format!("{} {fault}", what());
    Err(failure::throw(ctx, Failure::new("ERR_INVALID_ARG_VALUE", "execve", message)))
}

/// Not `std::process::Command`: that one searches PATH and may give a file of no known format to a shell.
fn exec(path: &CStr, argv: &[CString], envp: &[CString]) -> io::Error {
    let (argv, envp) = (pointers(argv), pointers(envp));
    unsafe { libc::execve(path.as_ptr(), argv.as_ptr(), envp.as_ptr()) };
    io::Error::last_os_error()
}

fn pointers(strings: &[CString]) -> Vec<*const c_char> {
    strings.iter().map(|string| string.as_ptr()).chain([ptr::null()]).collect()
}

fn exec_failure(file: &CStr, error: &io::Error) -> Failure {
    Failure::new(failure::errno_code(error), "execve", format!("{}: {error}", file.to_string_lossy()))
}
