//! The global `process`, as far as programs here need it: Node's names, Node's meanings.

use crate::{execve, inherited};
use rquickjs::{
    Ctx, Object, Result,
    prelude::{Func, Opt},
};
use std::{
    io::{self, Write},
    process,
};

pub fn init(ctx: &Ctx<'_>) -> Result<()> {
    let global = Object::new(ctx.clone())?;
    global.set("argv", argv())?;
    global.set("env", env(ctx)?)?;
    global.set("pid", process::id())?;
    global.set("geteuid", Func::from(|| unsafe { libc::geteuid() }))?;
    global.set("exit", Func::from(exit))?;
    global.set("execve", Func::from(execve::execve))?;
    global.set("stdout", stream(ctx, |text| write(io::stdout(), text))?)?;
    global.set("stderr", stream(ctx, |text| write(io::stderr(), text))?)?;
    ctx.globals().set("process", global)
}

fn exit(code: Opt<i32>) {
    process::exit(code.0.unwrap_or(0));
}

fn argv() -> Vec<String> {
    inherited::args().into_iter().map(|(text, _)| text).collect()
}

/// No prototype, so that no variable's name means something else.
fn env<'js>(ctx: &Ctx<'js>) -> Result<Object<'js>> {
    let env = Object::new(ctx.clone())?;
    env.set_prototype(None)?;
    for ((name, _), (value, _)) in inherited::env() {
        env.set(name, value)?;
    }
    Ok(env)
}

fn stream<'js>(ctx: &Ctx<'js>, write: fn(String) -> bool) -> Result<Object<'js>> {
    let stream = Object::new(ctx.clone())?;
    stream.set("write", Func::from(write))?;
    Ok(stream)
}

/// Synchronous, as Node's are for files and pipes. A closed stream is no reason to stop.
fn write(mut stream: impl Write, text: String) -> bool {
    stream.write_all(text.as_bytes()).and_then(|()| stream.flush()).is_ok()
}
