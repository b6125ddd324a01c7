//! The module `fs`: llrt's, with the functions that it lacks, or that there leave out a mode, a flag or Node's `code`.

use crate::failure::{self, Failure};
use llrt_modules::fs::FsModule;
use rquickjs::{
    Ctx, Object, Result, TypedArray, Value,
    module::{Declarations, Exports, ModuleDef},
    prelude::{Func, Opt},
};
use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, symlink},
};

pub struct Fs;

impl ModuleDef for Fs {
    fn declare(declarations: &Declarations) -> Result<()> {
        FsModule::declare(declarations)?;
        declarations.declare("readlinkSync")?.declare("unlinkSync")?;
        Ok(())
    }

    fn evaluate<'js>(ctx: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        FsModule::evaluate(ctx, exports)?;
        exports
            .export("mkdirSync", Func::from(make_directory))?
            .export("readdirSync", Func::from(read_directory))?
            .export("readlinkSync", Func::from(read_link))?
            .export("renameSync", Func::from(rename))?
            .export("symlinkSync", Func::from(make_link))?
            .export("unlinkSync", Func::from(unlink))?
            .export("writeFileSync", Func::from(write_file))?;
        Ok(())
    }
}

fn make_directory(ctx: Ctx<'_>, path: String, options: Opt<Object<'_>>) -> Result<()> {
    let (recursive, mode) = (option(&options, "recursive")?, option(&options, "mode")?);
    let mut builder = DirBuilder::new();
    builder.recursive(recursive.unwrap_or(false)).mode(mode.unwrap_or(0o777));
    or_throw(&ctx, "mkdir", builder.create(path))
}

/// The names alone. llrt's looks at each file, and fails where one has gone meanwhile.
fn read_directory(ctx: Ctx<'_>, path: String) -> Result<Vec<String>> {
    let name = |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
    or_throw(&ctx, "scandir", fs::read_dir(path).and_then(|entries| entries.map(name).collect()))
}

fn read_link(ctx: Ctx<'_>, path: String) -> Result<String> {
    let target = or_throw(&ctx, "readlink", fs::read_link(path))?;
    Ok(target.to_string_lossy().into_owned())
}

fn rename(ctx: Ctx<'_>, from: String, to: String) -> Result<()> {
    or_throw(&ctx, "rename", fs::rename(from, to))
}

fn make_link(ctx: Ctx<'_>, target: String, path: String) -> Result<()> {
    or_throw(&ctx, "symlink", symlink(target, path))
}

fn unlink(ctx: Ctx<'_>, path: String) -> Result<()> {
    or_throw(&ctx, "unlink", fs::remove_file(path))
}

/// With the flags `w` and `wx`; the latter follows no link.
fn write_file<'js>(ctx: Ctx<'js>, path: String, data: Value<'js>, options: Opt<Object<'js>>) -> Result<()> {
    let (flag, mode) = (option::<String>(&options, "flag")?, option(&options, "mode")?);
    let mut open = OpenOptions::new();
    open.write(true).mode(mode.unwrap_or(0o666));
    match flag.as_deref() {
        Some("wx") => open.create_new(true).custom_flags(libc::O_NOFOLLOW),
        _ => open.create(true).truncate(true),
    };
    let mut file = or_throw(&ctx, "open", open.open(path))?;
    let written = match data.as_string() {
        Some(text) => file.write_all(text.to_string()?.as_bytes()),
        None => file.write_all(TypedArray::<u8>::from_value(data)?.as_bytes().unwrap_or_default()),
    };
    or_throw(&ctx, "write", written)
}

fn option<'js, T: rquickjs::FromJs<'js>>(options: &Opt<Object<'js>>, name: &str) -> Result<Option<T>> {
    options.0.as_ref().map_or(Ok(None), |options| options.get(name))
}

fn or_throw<T>(ctx: &Ctx<'_>, call: &'static str, result: io::Result<T>) -> Result<T> {
    result.map_err(|error| failure::throw(ctx, Failure::from_io(&error, call)))
}
