//! `engine compile`: an ES module to bytecode without source text or debug data.

use crate::run;
use rquickjs::{CatchResultExt, Context, Module, Runtime, WriteOptions};
use std::{error::Error, fs, path::Path, process::ExitCode};

pub fn compile(input: &Path, output: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let source = fs::read(input).map_err(|error| format!("{}: {error}", input.display()))?;
    let bytecode = to_bytecode(input, source)?;
    fs::write(output, bytecode).map_err(|error| format!("{}: {error}", output.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn to_bytecode(input: &Path, source: Vec<u8>) -> Result<Vec<u8>, Box<dyn Error>> {
    let runtime = Runtime::new()?;
    let (resolver, loader, globals) = run::node_modules();
    runtime.set_loader(resolver, loader);
    let name = input.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let options = WriteOptions { strip_debug: true, strip_source: true, ..Default::default() };
    Context::full(&runtime)?.with(|ctx| {
        let written =
            globals.attach(&ctx).and_then(|()| Module::declare(ctx.clone(), name, source)?.write(options)).catch(&ctx);
        written.map_err(|error| format!("{}: {error}", input.display()).into())
    })
}
