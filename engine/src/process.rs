//! The global `process`, as far as programs here need it: Node's names, Node's meanings.

use crate::{execve, inherited, os_string};
use rquickjs::{
    Ctx, Object, Result, String as JsString,
    prelude::{Func, Opt},
};
use std::{
    io::{self, Write},
    os::unix::ffi::OsStrExt,
    process,
};

pub fn init(ctx: &Ctx<'_>) -> Result<()> {
    let global = Object::new(ctx.clone())?;
    global.set("argv", argv(ctx)?)?;
    global.set("env", env(ctx)?)?;
    global.set("pid", process::id())?;
    global.set("geteuid", Func::from(|| unsafe { libc::geteuid() }))?;
    global.set("umask", Func::from(|mask: u32| unsafe { libc::umask(mask) }))?;
    global.set("exit", Func::from(exit))?;
    global.set("execve", Func::from(execve::execve))?;
    global.set("stdout", stream(ctx, |text| write(io::stdout(), &text))?)?;
    global.set("stderr", stream(ctx, |text| write(io::stderr(), &text))?)?;
    ctx.globals().set("process", global)
}

fn exit(code: Opt<i32>) {
    process::exit(code.0.unwrap_or(0));
}

fn argv<'js>(ctx: &Ctx<'js>) -> Result<Vec<JsString<'js>>> {
    std::env::args_os().map(|arg| os_string::to_js(ctx, arg.as_bytes())).collect()
}

/// No prototype, so that no variable's name means something else. The first of two with one name, as `getenv` has it.
fn env<'js>(ctx: &Ctx<'js>) -> Result<Object<'js>> {
    let env = Object::new(ctx.clone())?;
    env.set_prototype(None)?;
    for (name, value) in inherited::env() {
        let name = os_string::to_js(ctx, name)?;
        if !env.contains_key(name.clone())? {
            env.set(name, os_string::to_js(ctx, value)?)?;
        }
    }
    Ok(env)
}

fn stream<'js>(ctx: &Ctx<'js>, write: fn(JsString<'js>) -> Result<bool>) -> Result<Object<'js>> {
    let stream = Object::new(ctx.clone())?;
    stream.set("write", Func::from(write))?;
    Ok(stream)
}

/// Synchronous, as Node's are for files and pipes. A closed stream is no reason to stop.
fn write(mut stream: impl Write, text: &JsString<'_>) -> Result<bool> {
    let text = os_string::to_utf8(text)?;
    Ok(stream.write_all(text.as_bytes()).and_then(|()| stream.flush()).is_ok())
}
